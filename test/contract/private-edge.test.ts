import { checkSystem } from "../../components/check";
import { CLOUDS, type Cloud } from "../../components/cloud";
import { InvalidInput } from "../../components/errors";
import type { SystemSpec } from "../../components/system";
import { loadPlatform } from "../../providers/load";

const health = {
  ...{ path: "/", intervalSeconds: 30, timeoutSeconds: 5, healthyAfter: 2 },
  ...{ unhealthyAfter: 3, startSeconds: 0 },
};

const system = (exposure: "public" | "private"): SystemSpec => ({
  name: "shop",
  network: {},
  ...{ postgres: {}, redis: {}, images: {}, secrets: {}, jobs: {}, services: {}, outputs: {} },
  edge: {
    exposure,
    routes: [{ host: "shop.example.com", paths: ["/*"], backend: "web" }],
    backends: { web: { port: 8080, health } },
    dns: { kind: "zone", zone: "example.com", zoneId: "zone" },
    accessLogDays: 30,
  },
  alarms: {
    signals: { ends: { kind: "certificate", target: "edge", belowDays: 14 } },
    destinations: { emails: ["oncall@example.com"] },
  },
});

/** What the check of a description says about its alarms. */
async function saidOfAlarms(cloud: Cloud, exposure: "public" | "private"): Promise<string[]> {
  const environment = {
    ...{ stack: "test", system: "shop" },
    ...({ profile: "staging", protected: false } as const),
  };
  const platform = await loadPlatform(cloud, environment);
  try {
    checkSystem(platform, system(exposure));
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.message.split("\n").filter((line) => line.includes("alarms.signals.ends"));
  }
}

test.each(CLOUDS)("the certificate of a public edge is watched on %s", async (cloud) => {
  expect(await saidOfAlarms(cloud, "public")).toEqual([]);
});

test.each(["azure", "gcp"] as const)("that of a private edge is not on %s", async (cloud) => {
  const [said, ...more] = await saidOfAlarms(cloud, "private");
  expect(said).toMatch(
    /the certificate of a private edge cannot be watched on .*; remove the signal/,
  );
  expect(more).toEqual([]);
});

test.each(["aws", "docker"] as const)("that of a private edge is, too, on %s", async (cloud) => {
  expect(await saidOfAlarms(cloud, "private")).toEqual([]);
});

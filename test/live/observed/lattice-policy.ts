import type { Live, Observations } from "../support/acceptance";
import { exec } from "../support/helper";
import { docker } from "../support/host";
import {
  copiesAreSealed,
  environmentOf,
  isRefused,
  ranBefore,
  shownEnvironmentOf,
} from "../support/looks";

const SECRETS = [
  "CUSTOMER_DATA_KEY",
  "DATABASE_URL",
  "JWT_SECRET",
  "MFA_TOKEN_SECRET",
  "REDIS_URL",
];
const GENERATED = ["CUSTOMER_DATA_KEY", "JWT_SECRET", "MFA_TOKEN_SECRET"];

/** Secrets that a container was given, by the names of their files. */
async function given({ stack }: Live, component: string): Promise<string[]> {
  const { Id } = await stack.container(component);
  const script = `
    const folder = "/run/portolan/env";
    const fs = require("node:fs");
    console.log(JSON.stringify(fs.existsSync(folder) ? fs.readdirSync(folder).sort() : []));`;
  const { output } = await exec(docker().getContainer(Id), ["node", "--eval", script]);
  return JSON.parse(output) as string[];
}

const RELEASES = {
  notObservable: "releases are tried by a run of their own, `npm run test:live:long`",
};
const ELSEWHERE = { notObservable: "about a cloud" };

/** LatticePolicy's acceptance list on a running host. */
export const LIVE: Observations = {
  1: async ({ stack }) => {
    const [api, ui] = [await stack.container("api"), await stack.container("ui")];
    expect(api.Image).not.toBe(ui.Image);
  },
  2: async ({ stack }) => {
    for (const [component, url] of [
      ["api", "http://127.0.0.1:3000/health"],
      ["ui", "http://127.0.0.1:80/"],
    ] as const) {
      const { Config: config, State } = await stack.container(component);
      expect(config.Healthcheck?.Test).toContain(url);
      expect(State.Health?.Status).toBe("healthy");
    }
  },
  3: { claim: "containers" },
  4: { claim: "networks" },
  5: { claim: "networks" },
  6: ({ stack }) => copiesAreSealed(stack, "db"),
  7: { notObservable: "one host has no second zone" },
  8: { claim: "containers" },
  9: async ({ stack }) => {
    const env = await environmentOf(stack, "api");
    const values = GENERATED.map((name) => env[name] ?? "");
    expect(new Set(values).size).toBe(3);
    for (const value of values) expect(value.length).toBeGreaterThanOrEqual(32);
  },
  10: { notObservable: "the protection is a mark in the state, which the simulated target shows" },
  11: async ({ stack }) => {
    expect(await shownEnvironmentOf(stack, "api")).toMatchObject({
      ...{ NODE_ENV: "production", PORT: "3000", LOG_LEVEL: "info", MFA_ISSUER: "LatticePolicy" },
      ...{ ALLOWED_ORIGINS: `https://app.${stack.domain}`, CACHE_ENABLED: "1" },
    });
    expect((await environmentOf(stack, "api"))["REDIS_URL"]).toMatch(/^rediss:\/\/:/);
  },
  12: async (live) => {
    expect(await given(live, "api")).toEqual(SECRETS);
    expect(await given(live, "ui")).toEqual([]);
  },
  13: (live) =>
    isRefused(live, { "portolan:images": { api: "latest", ui: "0.1.0" } }, /images.api.*latest/),
  14: { notObservable: "a host has no registry; what is named by digest cannot move" },
  15: async ({ stack, client }) => {
    const { apiUrl } = (await stack.export()).outputs as { apiUrl: string };
    expect((await client.ask("app", "/")).body).toContain(apiUrl);
  },
  16: { claim: "from outside" },
  17: { claim: "from outside" },
  18: ({ stack }) => ranBefore(stack, "migrate", "api"),
  19: ({ stack }) => ranBefore(stack, "migrate", "api"),
  20: RELEASES,
  21: RELEASES,
  22: {
    notObservable: "an alarm fires after minutes; that one does is seen in the drill of backups",
  },
  23: { claim: "containers" },
  24: ELSEWHERE,
  25: ELSEWHERE,
  26: ELSEWHERE,
  27: { notObservable: "production's data is protected by the state; this stack has to go again" },
  28: { claim: "networks" },
};

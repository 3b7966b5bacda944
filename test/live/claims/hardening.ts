import { revealed } from "../../support/deployed";
import type { Claim } from "../support/acceptance";
import { docker } from "../support/host";
import { insideJson } from "../support/helper";
import type { LiveStack } from "../support/live-stack";

/** What the first process of a container is and may, asked of the kernel. */
const STATUS = `
import fs from "node:fs";
const status = Object.fromEntries(fs.readFileSync("/proc/1/status", "utf8").split("\\n")
  .map((line) => line.split(/:\\s+/)));
const mounts = fs.readFileSync("/proc/1/mounts", "utf8").split("\\n").map((line) => line.split(" "));
const root = mounts.find(([, at]) => at === "/")?.[3] ?? "";
console.log(JSON.stringify({ uid: status.Uid, capabilities: status.CapEff, bounding: status.CapBnd,
  noNewPrivileges: status.NoNewPrivs, readOnly: root.split(",").includes("ro") }));`;

interface Status {
  readonly uid: string;
  readonly capabilities: string;
  readonly bounding: string;
  readonly noNewPrivileges: string;
  readonly readOnly: boolean;
}

interface Exceptions {
  /** Without an edge of its own a stack publishes nothing. */
  readonly edge?: false;
  /** Component -> file of the host that it may mount. */
  readonly binds?: Readonly<Record<string, string>>;
}

/** What every container is, whatever the system. */
export function hardening(stack: LiveStack, exceptions: Exceptions = {}): Claim {
  const { edge: hasEdge = true, binds = {} } = exceptions;
  describe("containers", () => {
    test("publish no port but the edge's two", async () => {
      const published = (await stack.running()).flatMap(({ Name, HostConfig }) =>
        Object.values((HostConfig.PortBindings ?? {}) as Record<string, { HostPort: string }[]>)
          .flat()
          .map(({ HostPort }) => `${Name} ${HostPort}`),
      );
      const edge = `/${stack.hostName("edge")}`;
      const allowed = [`${edge} ${stack.httpPort}`, `${edge} ${stack.httpsPort}`];
      expect(published.sort()).toEqual(hasEdge ? allowed : []);
    });

    test("run without root, capabilities, new privileges and a writable root", async () => {
      const running = await stack.running();
      expect(running.length).toBeGreaterThan(5);
      for (const { Id, Name, Config } of running) {
        const status = await insideJson<Status>(STATUS, { processes: Id, user: Config.User });
        expect([Name, status.uid]).toEqual([Name, expect.stringMatching(/^[1-9]\d*\t/)]);
        expect([Name, status]).toEqual([
          Name,
          {
            uid: expect.any(String),
            capabilities: "0000000000000000",
            bounding: "0000000000000000",
            noNewPrivileges: "1",
            readOnly: true,
          },
        ]);
      }
    });

    test("have limits, rotated logs and no engine socket", async () => {
      for (const { Name, HostConfig, Mounts } of await stack.running()) {
        const { Memory, NanoCpus, LogConfig } = HostConfig;
        expect([Name, (Memory ?? 0) > 0, (NanoCpus ?? 0) > 0]).toEqual([Name, true, true]);
        // What goes to a SIEM is kept by the engine in a small file of its own.
        if (LogConfig?.Type !== "syslog") {
          expect([Name, LogConfig?.Type, LogConfig?.Config?.["max-size"]]).toEqual([
            Name,
            "json-file",
            expect.stringMatching(/^\d+m$/),
          ]);
        }
        const files = Mounts.filter(({ Type }) => Type !== "volume").map(({ Source }) => Source);
        const allowed = binds[stack.componentOf(Name)];
        expect([Name, files]).toEqual([Name, allowed === undefined ? [] : [allowed]]);
      }
    });

    test("no secret is in docker inspect, image histories or logs", async () => {
      const deployed = await stack.export();
      const secrets = deployed.resources
        .filter(({ type }) => /^(random|tls):/.test(type))
        .flatMap(({ outputs }) => ["hex", "base64", "privateKeyPem"].map((key) => outputs[key]))
        .map((value) => revealed(value))
        .filter((value): value is string => typeof value === "string" && value.length >= 16);
      expect(secrets.length).toBeGreaterThan(5);
      const listed = await docker().listContainers({ all: true });
      const shown = await Promise.all(
        listed.map(async ({ Id, ImageID }) => {
          const container = docker().getContainer(Id);
          return JSON.stringify([
            await container.inspect(),
            await docker().getImage(ImageID).history(),
            (await container.logs({ stdout: true, stderr: true })).toString(),
          ]);
        }),
      );
      const all = shown.join("\n");
      for (const secret of secrets) {
        const [, line = secret] = secret.split("\n");
        expect(all.includes(line)).toBe(false);
      }
    });
  });
  return "containers";
}

import type { CloudReader } from "../clouds/reader";
import type { Deployed } from "../support/deployed";
import { octoproxOn } from "./octoprox";
import { all } from "./checks";
import type { Checks } from "./statements";

export const MANAGER = "workspace-manager";
const FILTER = "socket-proxy";

/** Where a cloud keeps what its machine runs. */
export interface MachineScripts {
  /** What a release does on the machine. */
  readonly script: (stack: Deployed) => string;
  /** What the machine does when it starts. */
  readonly setup: (stack: Deployed) => string;
}

/** The lines of a release that make a container. */
export const madeBy =
  ({ script }: MachineScripts) =>
  (stack: Deployed, name: string): string => {
    const lines = script(stack)
      .split("docker create ")
      .filter((each) => each.startsWith(`--name '${name}'`));
    expect([name, lines.length]).toEqual([name, 1]);
    return String(lines[0]).split(/\ndocker start/)[0] ?? "";
  };

/** The lines of a release that copy the database. */
export function backupOf(script: string): string {
  const start = script.indexOf("copy=$(mktemp");
  return script.slice(start, script.indexOf("END_OF_FILE", start));
}

/** What a machine that is set up by shared scripts keeps of the list on every cloud; most go on with a cloud's own part. */
export const octoproxOnMachine = (reader: CloudReader, scripts: MachineScripts) => {
  const { script, setup } = scripts;
  const made = madeBy(scripts);
  const common = octoproxOn(reader);
  return {
    ...common,
    1: ({ prod }) => {
      expect(setup(prod)).toMatch(/apt-get install .*docker\.io/);
      made(prod, MANAGER);
    },
    2: ({ prod }) => {
      expect(made(prod, MANAGER)).not.toContain("docker.sock");
      expect(made(prod, MANAGER)).toContain(`--env 'DOCKER_HOST=tcp://${FILTER}:2375'`);
      expect(made(prod, FILTER)).toContain("/var/run/docker.sock:/var/run/docker.sock:ro");
    },
    3: ({ prod }) => {
      expect(made(prod, FILTER)).not.toContain("--publish");
      expect(made(prod, FILTER)).toContain("--network 'octoprox-socket'");
      expect(script(prod)).toContain(
        "docker network create --internal --label portolan.host 'octoprox-socket'",
      );
      const members = script(prod).match(/docker network connect 'octoprox-socket' '([^']+)'/g);
      expect(members).toEqual([`docker network connect 'octoprox-socket' '${MANAGER}'`]);
      expect(made(prod, FILTER)).not.toContain("mcpnet");
    },
    4: ({ prod }) => {
      const allowed = [...made(prod, FILTER).matchAll(/--env '([A-Z_]+)=1'/g)];
      expect(allowed.map(([, name]) => name).sort()).toEqual([
        ...["ALLOW_START", "ALLOW_STOP", "CONTAINERS", "IMAGES", "NETWORKS", "POST", "VOLUMES"],
      ]);
    },
    9: all(common[9], ({ prod }) => {
      expect(script(prod)).toContain(
        `install -m 0600 -o 1000 -g 1000 /dev/null '/etc/portolan/secrets/${MANAGER}.env'`,
      );
      for (const value of Object.values(reader.secrets(prod))) {
        expect(script(prod)).not.toContain(value);
        expect(setup(prod)).not.toContain(value);
      }
    }),
    // The router behind the edge has no route there either.
    10: ({ prod }) =>
      expect(made(prod, MANAGER)).toMatch(/rule=[^']*!PathPrefix\(`\/app\/internal`\)/),
    12: ({ prod }) => {
      for (const option of ["average=60", "burst=60", "period=1m"]) {
        expect(made(prod, MANAGER)).toContain(`middlewares.auth-rate.rateLimit.${option}'`);
      }
    },
    13: ({ prod }) => {
      for (const option of [
        ...["--user 1000:1000", "--read-only", "--cap-drop ALL"],
        "--security-opt no-new-privileges",
      ]) {
        expect(made(prod, MANAGER)).toContain(option);
      }
      expect(made(prod, MANAGER)).not.toContain("--cap-add");
    },
    14: ({ prod }) => {
      expect(made(prod, MANAGER)).toContain("--env 'WEB_CONCURRENCY=1'");
      const writers = script(prod).match(/docker create (?:(?!docker start)[\s\S])*manager-data:/g);
      expect(writers).toHaveLength(1);
    },
    15: ({ prod }) => {
      expect(setup(prod)).toContain('"data-root": "/data/docker"');
      // A disk that has files on it is not formatted.
      expect(setup(prod)).toMatch(/blkid "\$device" .*\|\| mkfs/);
    },
    16: ({ prod }) => {
      expect(setup(prod)).toContain("OnCalendar=*-*-* 03:00:00");
      const text = script(prod);
      expect(text).toContain("systemctl enable --now --quiet portolan-backup.timer");
      const copy = text.indexOf("|| /usr/local/sbin/portolan-backup release");
      expect(copy).toBeGreaterThan(0);
      expect(copy).toBeLessThan(text.indexOf("docker stop"));
    },
    17: ({ prod }) => {
      const backup = backupOf(script(prod));
      expect(backup.match(/--volume '[^']+'/g)).toEqual([
        "--volume 'octoprox_manager-data:/app/data'",
      ]);
      expect(backup).not.toContain("/etc/portolan/secrets");
    },
    18: ({ prod }) => {
      const pulled = [...script(prod).matchAll(/docker pull --quiet '([^']+)'/g)];
      expect(pulled.length).toBeGreaterThanOrEqual(4);
      for (const [, image] of pulled) expect(image).toMatch(/:[^:/@]*\d[^:/@]*$/);
      // Images go that neither this release nor the one before has.
      expect(script(prod)).toContain("comm -23 $list.before <(sort -u $list $list.new)");
    },
    19: ({ prod }) => {
      const text = script(prod);
      const tagged = text.indexOf("docker tag ");
      expect(text.slice(tagged)).toMatch(
        /^docker tag '[^']+\/mcp-gitfs:[^']+' 'mcp-gitfs:1\.0\.0'/,
      );
      expect(tagged).toBeLessThan(text.indexOf(`--name '${MANAGER}'`));
      expect(made(prod, MANAGER)).toContain("--env 'WORKSPACE_IMAGE=mcp-gitfs:1.0.0'");
    },
    20: ({ prod }) => {
      expect(script(prod)).toContain("docker network create --label portolan.host 'mcpnet'");
      expect(made(prod, MANAGER)).toContain("--env 'DOCKER_NETWORK=mcpnet'");
    },
    21: ({ prod }) => {
      const text = script(prod);
      expect(text.indexOf("systemctl restart portolan-firewall")).toBeLessThan(
        text.indexOf("docker create "),
      );
    },
    22: ({ prod }) =>
      expect(setup(prod)).toContain("systemctl disable --now ssh.service ssh.socket"),
  } satisfies Checks;
};

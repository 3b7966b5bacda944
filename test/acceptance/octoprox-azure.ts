import { READERS } from "../clouds/readers";
import type { Deployed, DeployedResource, Properties } from "../support/deployed";
import {
  ACCOUNT,
  admitted,
  alerts,
  APP,
  firewallRule,
  gatewayHeaders,
  gatewayServesHttps,
  onlyTheseAddresses,
  prefix,
  SCRIPT,
} from "./azure-parts";
import { all } from "./checks";
import { octoproxOn } from "./octoprox";
import type { Checks } from "./statements";

const MACHINE = "azure-native:compute:VirtualMachine";
const DISK = "azure-native:compute:Disk";
const CARD = "azure-native:network:NetworkInterface";
const RELEASE = "azure-native:compute:VirtualMachineRunCommandByVirtualMachine";

const release = (stack: Deployed): DeployedResource => stack.one(RELEASE);

/** What a release does on the machine. */
const script = (stack: Deployed): string =>
  String((release(stack).inputs["source"] as Properties)["script"]);

/** What the machine does when it starts for the first time. */
const setup = (stack: Deployed): string =>
  Buffer.from(
    String((stack.one(MACHINE).inputs["osProfile"] as Properties)["customData"]),
    "base64",
  ).toString();

/** The lines that make a container. */
function made(stack: Deployed, name: string): string {
  const lines = script(stack)
    .split("docker create ")
    .filter((each) => each.startsWith(`--name '${name}'`));
  expect([name, lines.length]).toEqual([name, 1]);
  return String(lines[0]).split(/\ndocker start/)[0] ?? "";
}

const MANAGER = "workspace-manager";
const FILTER = "socket-proxy";

const COMMON = octoproxOn(READERS.azure);

/** How Octoprox's acceptance list shows on Azure. */
export const AZURE: Checks = {
  ...COMMON,

  1: ({ prod }) => {
    expect(prod.of(APP)).toEqual([]);
    expect(release(prod).inputs["vmName"]).toBe(prod.one(MACHINE).outputs["name"]);
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
    const allowed = [...made(prod, FILTER).matchAll(/--env '([A-Z_]+)=1'/g)].map(
      ([, name]) => name,
    );
    expect(allowed.sort()).toEqual(
      ["CONTAINERS", "NETWORKS", "IMAGES", "VOLUMES", "POST", "ALLOW_START", "ALLOW_STOP"].sort(),
    );
  },
  5: all(
    onlyTheseAddresses("edge-address", "network-outbound-address"),
    gatewayServesHttps,
    ({ prod }) => {
      // The second is the check that runs after a deployment, from inside.
      expect(admitted(prod, "hosts")).toEqual([
        `Allow ${prefix(prod, "gateway")} 8080`,
        `Allow ${prefix(prod, "apps")} 8080`,
        "Deny * *",
      ]);
      expect(script(prod).match(/--publish \S+/g)).toEqual(["--publish 8080:8080"]);
    },
  ),
  6: ({ prod }) =>
    expect(`${made(prod, MANAGER)}`).toContain(
      `--env 'PUBLIC_BASE_URL=${String(prod.outputs["url"]).replace(/\/app$/, "")}'`,
    ),
  9: all(COMMON[9], ({ prod }) => {
    expect(script(prod)).toContain(
      `install -m 0600 -o 1000 -g 1000 /dev/null '/etc/portolan/secrets/${MANAGER}.env'`,
    );
    for (const value of Object.values(READERS.azure.secrets(prod))) {
      expect(script(prod)).not.toContain(value);
      expect(setup(prod)).not.toContain(value);
    }
  }),
  10: ({ prod }) => {
    const { action, matchConditions } = firewallRule(prod, "BlockedPaths");
    expect(action).toBe("Block");
    const patterns = ((matchConditions as Properties[])[0]?.["matchValues"] as string[]).map(
      (pattern) => new RegExp(pattern),
    );
    const blocked = (path: string): boolean => patterns.some((pattern) => pattern.test(path));
    expect(["/internal/users", "/app/internal/users"].map(blocked)).toEqual([true, true]);
    expect(["/app/", "/api/v1/users"].map(blocked)).toEqual([false, false]);
    // And the router behind it has no route there either.
    expect(made(prod, MANAGER)).toMatch(/rule=[^']*!PathPrefix\(`\/app\/internal`\)/);
  },
  11: ({ prod }) =>
    expect(gatewayHeaders(prod, "host").response).toEqual({
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "X-XSS-Protection": "1; mode=block",
      "Content-Security-Policy": "default-src 'self'",
      "Referrer-Policy": "strict-origin-when-cross-origin",
      "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    }),
  12: ({ prod }) => {
    // The router answers 429; the firewall, which can only answer 403, is no stricter.
    for (const option of ["average=60", "burst=60", "period=1m"]) {
      expect(made(prod, MANAGER)).toContain(`middlewares.auth-rate.rateLimit.${option}'`);
    }
    expect(firewallRule(prod, "Rate1appapiv1auth")).toMatchObject({
      rateLimitDuration: "OneMin",
      rateLimitThreshold: 60,
    });
  },
  13: ({ prod }) => {
    for (const option of [
      ...["--user 1000:1000", "--read-only", "--cap-drop ALL"],
      "--security-opt no-new-privileges",
    ]) {
      expect(made(prod, MANAGER)).toContain(option);
    }
  },
  14: ({ prod }) => {
    expect(made(prod, MANAGER)).toContain("--env 'WEB_CONCURRENCY=1'");
    expect(prod.of(MACHINE)).toHaveLength(1);
    const writers = script(prod).match(/docker create (?:(?!docker start)[\s\S])*manager-data:/g);
    expect(writers).toHaveLength(1);
  },
  15: ({ prod }) => {
    const disk = prod.one(DISK);
    expect((disk.inputs["encryption"] as Properties)["diskEncryptionSetId"]).toBe(
      prod.one("azure-native:compute:DiskEncryptionSet").id,
    );
    const machine = prod.one(MACHINE).inputs;
    expect(machine["securityProfile"]).toMatchObject({ encryptionAtHost: true });
    expect((machine["storageProfile"] as Properties)["dataDisks"]).toEqual([
      expect.objectContaining({
        createOption: "Attach",
        deleteOption: "Detach",
        managedDisk: { id: disk.id },
      }),
    ]);
    expect(setup(prod)).toContain('"data-root": "/data/docker"');
    // A disk that has files on it is not formatted.
    expect(setup(prod)).toMatch(/blkid "\$device" .*\|\| mkfs/);
  },
  16: ({ prod }) => {
    expect(setup(prod)).toContain("OnCalendar=*-*-* 03:00:00");
    const text = script(prod);
    expect(text).toContain("systemctl enable --now --quiet portolan-backup.timer");
    expect(text).toMatch(/gpg --batch --quiet --symmetric --cipher-algo AES256/);
    expect(text).toContain("head --lines -7");
    const copy = text.indexOf("|| /usr/local/sbin/portolan-backup release");
    expect(copy).toBeGreaterThan(0);
    expect(copy).toBeLessThan(text.indexOf("docker stop"));
    expect(prod.one(ACCOUNT, "host-backups-store").inputs).toMatchObject({
      publicNetworkAccess: "Disabled",
      allowSharedKeyAccess: false,
    });
  },
  17: ({ prod }) => {
    const text = script(prod);
    const start = text.indexOf("copy=$(mktemp");
    const backup = text.slice(start, text.indexOf("END_OF_FILE", start));
    // One volume, one file of it, and encrypted before it leaves the machine.
    expect(backup.match(/--volume '[^']+'/g)).toEqual([
      "--volume 'octoprox_manager-data:/app/data'",
    ]);
    expect(backup).not.toContain("/etc/portolan/secrets");
    expect(backup.indexOf("gpg ")).toBeLessThan(backup.indexOf("--upload-file"));
  },
  18: ({ prod }) => {
    const pulled = [...script(prod).matchAll(/docker pull --quiet '([^']+)'/g)].map(([, i]) => i);
    expect(pulled.length).toBeGreaterThanOrEqual(4);
    for (const image of pulled) expect(image).toMatch(/:[^:/@]*\d[^:/@]*$/);
    // Images go that neither this release nor the one before has.
    expect(script(prod)).toContain("comm -23 $list.before <(sort -u $list $list.new)");
  },
  19: ({ prod }) => {
    const text = script(prod);
    const tagged = text.indexOf("docker tag ");
    expect(text.slice(tagged)).toMatch(/^docker tag '[^']+\/mcp-gitfs:[^']+' 'mcp-gitfs:1\.0\.0'/);
    expect(tagged).toBeLessThan(text.indexOf(`--name '${MANAGER}'`));
    expect(made(prod, MANAGER)).toContain("--env 'WORKSPACE_IMAGE=mcp-gitfs:1.0.0'");
  },
  20: ({ prod }) => {
    expect(script(prod)).toContain("docker network create --label portolan.host 'mcpnet'");
    expect(made(prod, MANAGER)).toContain("--env 'DOCKER_NETWORK=mcpnet'");
  },
  21: ({ prod }) => {
    const text = script(prod);
    const first = text.indexOf("iptables -A DOCKER-USER");
    expect(text.slice(first)).toMatch(/^iptables -A DOCKER-USER -d 169\.254\.169\.254\/32 -j DROP/);
    expect(text.indexOf("systemctl restart portolan-firewall")).toBeLessThan(
      text.indexOf("docker create "),
    );
  },
  22: ({ prod }) => {
    for (const { inputs } of prod.of(CARD)) {
      for (const each of inputs["ipConfigurations"] as Properties[]) {
        expect(each["publicIPAddress"]).toBeUndefined();
      }
    }
    expect(admitted(prod, "hosts").filter((way) => / 22$/.test(way))).toEqual([]);
    expect(setup(prod)).toContain("systemctl disable --now ssh.service ssh.socket");
    // Azure's metadata service has neither versions nor a limit of hops; statement 21 is what keeps it.
  },
  23: ({ prod }) =>
    expect(gatewayHeaders(prod, "host").request).toEqual({ "X-Forwarded-For": "{var_client_ip}" }),
  24: ({ prod }) =>
    expect(alerts(prod)).toEqual(
      expect.arrayContaining(["unhealthy", "errors", "latency", "disk", "backup"]),
    ),
  25: ({ prod }) => {
    const verification = prod.one(SCRIPT, "verify-run");
    expect(prod.closure(verification)).toContain(release(prod).urn);
    expect(verification.inputs["scriptContent"]).toContain("exit 1");
    expect(release(prod).inputs).toMatchObject({
      asyncExecution: false,
      treatFailureAsDeploymentFailure: true,
    });
  },
  26: ({ prod }) => {
    expect(prod.one(DISK).protect).toBe(true);
    expect(prod.one(ACCOUNT, "host-backups-store").protect).toBe(true);
  },
};

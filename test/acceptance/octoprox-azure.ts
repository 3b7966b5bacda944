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
import { HEADERS } from "./octoprox";
import { backupOf, madeBy, MANAGER, octoproxOnMachine } from "./octoprox-machine";
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

const made = madeBy({ script, setup });
const COMMON = octoproxOnMachine(READERS.azure, { script, setup });

/** How Octoprox's acceptance list shows on Azure. */
export const AZURE: Checks = {
  ...COMMON,

  1: all(COMMON[1], ({ prod }) => {
    expect(prod.of(APP)).toEqual([]);
    expect(release(prod).inputs["vmName"]).toBe(prod.one(MACHINE).outputs["name"]);
  }),
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
  10: all(COMMON[10], ({ prod }) => {
    const { action, matchConditions } = firewallRule(prod, "BlockedPaths");
    expect(action).toBe("Block");
    const patterns = ((matchConditions as Properties[])[0]?.["matchValues"] as string[]).map(
      (pattern) => new RegExp(pattern),
    );
    const blocked = (path: string): boolean => patterns.some((pattern) => pattern.test(path));
    expect(["/internal/users", "/app/internal/users"].map(blocked)).toEqual([true, true]);
    expect(["/app/", "/api/v1/users"].map(blocked)).toEqual([false, false]);
  }),
  11: ({ prod }) => expect(gatewayHeaders(prod, "host").response).toEqual(HEADERS),
  // The router answers 429; the firewall, which can only answer 403, is no stricter.
  12: all(COMMON[12], ({ prod }) =>
    expect(firewallRule(prod, "Rate1appapiv1auth")).toMatchObject({
      rateLimitDuration: "OneMin",
      rateLimitThreshold: 60,
    }),
  ),
  14: all(COMMON[14], ({ prod }) => expect(prod.of(MACHINE)).toHaveLength(1)),
  15: all(COMMON[15], ({ prod }) => {
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
  }),
  16: all(COMMON[16], ({ prod }) => {
    expect(script(prod)).toMatch(/gpg --batch --quiet --symmetric --cipher-algo AES256/);
    expect(script(prod)).toContain("head --lines -7");
    expect(prod.one(ACCOUNT, "host-backups-store").inputs).toMatchObject({
      publicNetworkAccess: "Disabled",
      allowSharedKeyAccess: false,
    });
  }),
  17: all(COMMON[17], ({ prod }) => {
    // Encrypted before it leaves the machine.
    const backup = backupOf(script(prod));
    expect(backup.indexOf("gpg ")).toBeGreaterThan(0);
    expect(backup.indexOf("gpg ")).toBeLessThan(backup.indexOf("--upload-file"));
  }),
  21: all(COMMON[21], ({ prod }) => {
    const text = script(prod);
    const first = text.indexOf("iptables -A DOCKER-USER");
    expect(text.slice(first)).toMatch(/^iptables -A DOCKER-USER -d 169\.254\.169\.254\/32 -j DROP/);
  }),
  22: all(COMMON[22], ({ prod }) => {
    for (const { inputs } of prod.of(CARD)) {
      for (const each of inputs["ipConfigurations"] as Properties[]) {
        expect(each["publicIPAddress"]).toBeUndefined();
      }
    }
    expect(admitted(prod, "hosts").filter((way) => / 22$/.test(way))).toEqual([]);
    // Azure's metadata service has neither versions nor a limit of hops; statement 21 is what keeps it.
  }),
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

import { spawnSync } from "node:child_process";
import type { DockerHostSpec, HostContainer } from "../../components/docker-host";
import { dockerHost } from "../../providers/azure/docker-host";
import { backupScript } from "../../providers/azure/host-backup";
import { cloudFunctions } from "../../providers/azure/host-cloud";
import { hostSubnetRules } from "../../providers/azure/host-network";
import { setupScript } from "../../providers/azure/host-setup";
import { layoutOf } from "../../providers/azure/network-layout";
import { containerFirewall } from "../../providers/machine/firewall";
import { delivered, releaseScript, type Release } from "../../providers/machine/release";
import { word } from "../../providers/machine/shell";
import { configure, context, said } from "./context";

beforeEach(() => configure());

const health = {
  path: "/health",
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyAfter: 2,
  unhealthyAfter: 3,
  startSeconds: 30,
};

const container: HostContainer = {
  image: "manager",
  uid: 1000,
  cpu: 1,
  memoryMiB: 512,
  networks: ["inside", "outside"],
};

const cloud = cloudFunctions("client", ["registry.azurecr.io"]);

const release: Release = {
  networks: { inside: { internal: true }, outside: {} },
  volumes: ["data"],
  preload: { "registry.azurecr.io/workspace:1": "workspace:1" },
  containers: [
    {
      ...container,
      name: "filter",
      image: "registry.azurecr.io/filter:1",
      secrets: {},
      engineSocket: true,
      networks: ["inside"],
    },
    {
      ...container,
      name: "manager",
      image: "registry.azurecr.io/manager:1",
      env: { QUOTE: "it's $HOME" },
      secrets: { KEY: "https://kv.vault.azure.net/secrets/key" },
      volumes: { "/data": "data" },
      publish: { host: 8080, container: 8080 },
      health: { ...health, port: 8000 },
    },
  ],
  backup: {
    image: "registry.azurecr.io/manager:1",
    script: backupScript(
      { image: "manager", command: ["copy"], uid: 1000, volumes: { "/data": "data" }, keep: 7 },
      { image: "i", url: "https://store/backups", key: "https://kv/secrets/backup-key", cloud },
    ),
  },
  entry: { port: 8080, health },
  firewall: containerFirewall({ outside: "eth0", metadata: ["169.254.169.254"], egress: "https" }),
  cloud,
};

const shell = (shellName: string, args: string[], input: string): string => {
  const run = spawnSync(shellName, args, { input, encoding: "utf8" });
  expect(run.stderr).toBe("");
  expect(run.status).toBe(0);
  return run.stdout;
};

test.each([
  ["the first boot", "bash", setupScript()],
  ["a release", "bash", releaseScript(release)],
  ["a release for the agent's shell", "sh", delivered(releaseScript(release))],
  ["a backup", "bash", release.backup.script],
  ["the firewall", "sh", release.firewall],
])("the script of %s is one that %s reads", (_what, name, script) => {
  shell(name, ["-n"], script);
});

test("words keep what they hold", () => {
  for (const text of ["it's", "$HOME `id`", 'a "b" \\ c', "", "two\nlines"]) {
    expect(shell("bash", [], `printf '%s' ${word(text)}`)).toBe(text);
  }
});

test("a secret with quotes arrives in the container's variable as it is", () => {
  const line = releaseScript(release)
    .split("\n")
    .find((each) => each.startsWith("value=$(secret "));
  const script = [
    "file=$(mktemp)",
    `secret() { printf '%s' "it's \\"so\\" \\$HOME"; }`,
    line?.replaceAll(/'\/etc\/portolan\/secrets\/[^']*'/g, '"$file"'),
    'set -a; . "$file"; printf "%s" "$KEY"; rm "$file"',
  ].join("\n");
  expect(shell("bash", [], script)).toBe('it\'s "so" $HOME');
});

test("containers have no privileges, and secrets no place in their definition", () => {
  const script = releaseScript(release);
  const created = script.split("docker create ").slice(1);
  expect(created).toHaveLength(2);
  for (const each of created) {
    for (const option of ["--read-only", "--cap-drop ALL", "no-new-privileges", "--user 1000"]) {
      expect(each).toContain(option);
    }
    expect(each).not.toMatch(/--privileged|--env 'KEY|--network host/);
  }
  expect(created[0]).toContain("/var/run/docker.sock:/var/run/docker.sock:ro");
  expect(created[1]).not.toContain("docker.sock");
  expect(script).toContain(
    "install -m 0600 -o 1000 -g 1000 /dev/null '/etc/portolan/secrets/manager.env'",
  );
});

test("a copy is made before a release touches anything, but not before the first", () => {
  const script = releaseScript(release);
  const copy = script.indexOf(
    "[ ! -f /data/portolan/released ] || /usr/local/sbin/portolan-backup",
  );
  expect(copy).toBeGreaterThan(0);
  expect(copy).toBeLessThan(script.indexOf("docker stop"));
  expect(script.indexOf("touch /data/portolan/released")).toBeGreaterThan(
    script.indexOf("echo health of the entry"),
  );
});

test("the metadata service is closed before anything is let through", () => {
  const rules = (egress: "none" | "https") =>
    containerFirewall({ outside: "eth0", metadata: ["169.254.169.254"], egress })
      .split("\n")
      .filter((line) => line.startsWith("iptables -A"));
  expect(rules("https")[0]).toBe("iptables -A DOCKER-USER -d 169.254.169.254/32 -j DROP");
  expect(rules("https")).toContain("iptables -A DOCKER-USER -o eth0 -p tcp --dport 443 -j RETURN");
  expect(rules("none").filter((line) => /-o eth0 .*RETURN/.test(line))).toEqual([]);
  for (const egress of ["none", "https"] as const) {
    expect(rules(egress).slice(-2)).toEqual([
      "iptables -A DOCKER-USER -o eth0 -j DROP",
      "iptables -A DOCKER-USER -j RETURN",
    ]);
  }
});

test("a host is reached by the edge on one port, and by those that were let in", () => {
  const layout = layoutOf("10.40.0.0/16");
  const inbound = (openings: Parameters<typeof hostSubnetRules>[3]) =>
    hostSubnetRules(layout, "westeurope", 8080, openings)
      .filter(({ direction }) => direction === "Inbound")
      .map(({ access, sourceAddressPrefix, destinationPortRange }) =>
        [access, sourceAddressPrefix, destinationPortRange].join(" "),
      );
  expect(inbound([])).toEqual([`Allow ${layout.gateway} 8080`, "Deny * *"]);
  expect(inbound([{ from: "apps", to: "hosts", port: 8080 }])).toEqual([
    `Allow ${layout.gateway} 8080`,
    `Allow ${layout.apps} 8080`,
    "Deny * *",
  ]);
});

const spec: DockerHostSpec = {
  cpu: 2,
  memoryMiB: 8192,
  dataGiB: 50,
  networks: {},
  volumes: [],
  containers: { router: container },
  entry: { container: "router", port: 8080, health },
  backup: { image: "manager", command: ["copy"], uid: 1000, volumes: {}, keep: 7 },
  logDays: 30,
};

test.each<[Partial<DockerHostSpec>, RegExp]>([
  [{ cpu: 64 }, /^it\.cpu: no machine has 64 vCPU/],
  [{ dataGiB: 1 }, /^it\.dataGiB: .*4 to 32767/],
  [{ backup: { ...spec.backup, keep: 0 } }, /^it\.backup\.keep: .*1 or more/],
  [{ logDays: 5000 }, /^it\.logDays: .*4383/],
])("a host with %j is refused", (change, message) => {
  const checked = context();
  dockerHost.check({ ...spec, ...change }, checked);
  expect(said(checked)).toEqual([expect.stringMatching(message)]);
});

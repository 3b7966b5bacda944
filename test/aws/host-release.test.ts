import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { backupScript } from "../../providers/aws/host-backup";
import { releaseScript, type Release } from "../../providers/aws/host-release";
import { setupScript } from "../../providers/aws/host-setup";
import { HEALTH } from "./support";

const SECRET = "it's $HOME";

/** Stand-ins that write down how they were called; `docker` and `aws` answer what the script asks. */
const PROGRAMS: Readonly<Record<string, string>> = {
  docker: `
case "$*" in
  "image inspect --format {{range .Config.Entrypoint}}"*) echo /entry; echo "two words" ;;
  "image inspect --format {{range .Config.Cmd}}"*) echo serve ;;
  "inspect --format {{.State.Running}}"*) echo \${RUNNING:-true} ;;
  "inspect --format {{range .NetworkSettings"*) echo 172.18.0.2 ;;
  "volume ls --quiet") echo "$VOLUMES" ;;
  "volume inspect data"*) [ -n "$VOLUMES" ] ;;
  "volume inspect --format"*) echo "$ROOT/volume" ;;
  "network inspect --format"*) echo false ;;
  "network inspect old"*) true ;;
  "network inspect"*) false ;;
  "inspect old"*) true ;;
  "inspect"*) false ;;
  "ps --all"*) echo old ;;
  "run --rm"*) echo copy ;;
esac`,
  aws: `case "$*" in *get-secret-value*) printf '%s\\n' "${SECRET.replace("$", "\\$")}" ;; esac`,
  curl: `[ "\${HEALTHY:-true}" = true ]`,
  "cloud-init": "true",
  xfs_growfs: "true",
  systemctl: "true",
  sleep: "true",
  stat: "echo 992",
  flock: "true",
};

interface Run {
  readonly status: number | null;
  readonly output: string;
  /** Calls in their order, as words. */
  readonly calls: readonly string[];
  /** Reads a file that the script wrote. */
  read(file: string): string;
}

/** Runs a script in a folder that stands for the host's root. */
function run(script: string, variables: Record<string, string> = {}, ...args: string[]): Run {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "host-"));
  const bin = path.join(root, "bin");
  fs.mkdirSync(bin);
  for (const [name, body] of Object.entries(PROGRAMS)) {
    const lines = `#!/bin/bash\necho "${name} $*" >> "$ROOT/calls"\n${body}\n`;
    fs.writeFileSync(path.join(bin, name), lines, { mode: 0o755 });
  }
  const folders = ["etc/portolan/secrets", "usr/local/sbin", "run", "etc/systemd/system", "data"];
  for (const folder of [...folders, "data/portolan"]) {
    fs.mkdirSync(path.join(root, folder), { recursive: true });
  }
  const moved = script
    .replaceAll(/(?<![\w.-])\/(etc|usr\/local|run|data)\//g, `${root}/$1/`)
    // Only root may give files away.
    .replaceAll(/-o \d+ -g \d+/g, "");
  const result = spawnSync("bash", ["-s", "--", ...args], {
    input: moved,
    encoding: "utf8",
    env: { PATH: `${bin}:${process.env["PATH"]}`, ROOT: root, VOLUMES: "", ...variables },
  });
  const read = (file: string): string => fs.readFileSync(path.join(root, file), "utf8");
  const files = new Map(
    ["etc/portolan/secrets/app.env", "etc/portolan/images"].flatMap((file) =>
      fs.existsSync(path.join(root, file)) ? [[file, read(file)] as const] : [],
    ),
  );
  const mode = (file: string): number => fs.statSync(path.join(root, file)).mode & 0o777;
  if (files.has("etc/portolan/secrets/app.env")) {
    files.set("mode", mode("etc/portolan/secrets/app.env").toString(8));
  }
  const calls = read("calls").trim().split("\n");
  fs.rmSync(root, { recursive: true });
  return {
    status: result.status,
    output: result.stdout + result.stderr,
    calls,
    read: (file) => files.get(file) ?? "",
  };
}

const REGISTRY = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";

const release: Release = {
  region: "eu-central-1",
  registry: REGISTRY,
  networks: { net: {}, inner: { internal: true } },
  volumes: ["data"],
  preload: { [`${REGISTRY}/job:1`]: "job:1" },
  containers: [
    {
      ...{ name: "filter", image: `${REGISTRY}/filter:1`, uid: 65534, cpu: 0.1, memoryMiB: 64 },
      networks: ["inner"],
      engineSocket: true,
      env: { POST: "1" },
    },
    {
      ...{ name: "app", image: `${REGISTRY}/app:2`, uid: 1000, cpu: 1, memoryMiB: 512 },
      networks: ["net", "inner"],
      volumes: { "/app/data": "data" },
      secrets: { KEY: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:key-AbCdEf" },
      labels: { rule: "PathPrefix(`/a`) && !Path('/b')" },
      publish: { host: 8080, container: 8000 },
      health: { ...HEALTH, port: 8000 },
    },
  ],
  backup: { image: `${REGISTRY}/app:2`, script: 'echo "backup $*" >> "$ROOT/calls"' },
  entry: { url: "http://127.0.0.1:8080/health", health: HEALTH },
};

const script = releaseScript(release);

describe("a release on the host", () => {
  const first = run(script);
  const create = (name: string): string =>
    first.calls.find((call) => call.startsWith(`docker create --name ${name} `)) ?? "";

  test("ends well, and is a script that bash reads", () => {
    expect([first.status, first.output]).toEqual([0, expect.stringContaining("released")]);
    expect(spawnSync("bash", ["-n"], { input: script }).status).toBe(0);
  });

  test("has all images before anything is stopped", () => {
    const pulls = first.calls.flatMap((call, at) => (call.startsWith("docker pull") ? [at] : []));
    expect(pulls).toHaveLength(3);
    const stop = first.calls.findIndex((call) => call.startsWith("docker stop"));
    expect(Math.max(...pulls)).toBeLessThan(stop);
    const tag = first.calls.indexOf(`docker tag ${REGISTRY}/job:1 job:1`);
    expect(tag).toBeLessThan(first.calls.findIndex((call) => call.startsWith("docker create")));
    expect(first.calls.some((call) => call.startsWith("docker logout"))).toBe(true);
  });

  test("gives containers no rights, and the socket to the filter's group alone", () => {
    for (const name of ["filter", "app"]) {
      expect(create(name)).toContain("--read-only --cap-drop ALL --security-opt no-new-privileges");
      expect(create(name)).not.toContain("--privileged");
    }
    expect(create("filter")).toContain("--user 65534:65534");
    expect(create("filter")).toContain("--group-add 992 --volume");
    expect(create("app")).not.toContain("docker.sock");
    expect(create("app")).toContain("--publish 8080:8000");
    expect(create("filter")).not.toContain("--publish");
  });

  test("passes labels and commands on as they are, and no secret", () => {
    expect(create("app")).toContain("--label rule=PathPrefix(`/a`) && !Path('/b')");
    expect(create("app")).toMatch(/exec "\$@" sh \/entry two words serve$/);
    expect(first.calls.join("\n") + first.output).not.toContain(SECRET);
  });

  test("keeps secrets in a file for root and the container, with shell characters as they are", () => {
    expect(first.read("mode")).toBe("600");
    const env = first.read("etc/portolan/secrets/app.env");
    const shown = spawnSync("sh", ["-c", `${env}\nprintf %s "$KEY"`], { encoding: "utf8" });
    expect(shown.stdout).toBe(SECRET);
  });

  test("connects a container to all its networks before it starts", () => {
    const at = (call: string): number => first.calls.indexOf(call);
    expect(at("docker network connect inner app")).toBeGreaterThan(0);
    expect(at("docker network connect inner app")).toBeLessThan(at("docker start app"));
    expect(at("docker start filter")).toBeLessThan(at("docker start app"));
    expect(first.calls).toContain("docker network create --internal --label portolan.host inner");
  });

  test("removes what is no longer described", () => {
    expect(first.calls).toContain("docker rm --force old");
  });

  test("makes no copy of nothing, and one of what is there", () => {
    expect(first.calls).not.toContain("backup release");
    const again = run(script, { VOLUMES: "data" });
    const copied = again.calls.indexOf("backup release");
    expect(copied).toBeGreaterThan(0);
    expect(copied).toBeLessThan(again.calls.findIndex((call) => call.startsWith("docker create")));
    expect(again.calls.some((call) => call.startsWith("docker volume create"))).toBe(false);
  });

  test("stops before it touches anything when the copy fails", () => {
    const failing = releaseScript({ ...release, backup: { image: "i", script: "exit 3" } });
    const failed = run(failing, { VOLUMES: "data" });
    expect(failed.status).not.toBe(0);
    expect(failed.calls.some((call) => /^docker (create|stop)/.test(call))).toBe(false);
  });

  test("fails with the container's name when one ends or is not healthy", () => {
    const ended = run(script, { RUNNING: "false" });
    expect([ended.status, ended.output]).toEqual([1, expect.stringContaining("filter ended")]);
    const patient = script.replaceAll(/^healthy (.*) \d+ (\d+)$/gm, "healthy $1 0 $2");
    const sick = run(patient, { HEALTHY: "false" });
    expect([sick.status, sick.output]).toEqual([
      1,
      expect.stringContaining("app was not healthy at http://172.18.0.2:8000/health"),
    ]);
  });
});

describe("a backup", () => {
  const backup = { image: "app", command: ["copy", "a b"], uid: 1000, keep: 7 };
  const target = { bucket: "bucket", image: "app:2", namespace: "N", hostName: "h", region: "r" };
  const script = backupScript({ ...backup, volumes: { "/app/data": "data" } }, target);

  test("is made without network and log, stored whole, and told of afterwards", () => {
    const { status, calls } = run(script, {}, "daily");
    expect(status).toBe(0);
    const at = (start: string): number => calls.findIndex((call) => call.startsWith(start));
    expect(calls[at("docker run")]).toMatch(/--network none .*--log-driver none/);
    expect(calls[at("docker run")]).toContain("--volume data:/app/data app:2 copy a b");
    expect(calls[at("aws s3 cp")]).toMatch(/s3:\/\/bucket\/daily\.gz$/);
    expect(at("docker run")).toBeLessThan(at("aws s3 cp"));
    expect(at("aws s3 cp")).toBeLessThan(at("aws cloudwatch put-metric-data"));
  });

  test("that fails stores nothing and tells nobody that it did", () => {
    const failing = script.replace("docker run", "false run");
    const { status, calls } = run(`docker ps\n${failing}`, {}, "daily");
    expect(status).not.toBe(0);
    expect(calls.filter((call) => call.startsWith("aws"))).toEqual([]);
  });
});

describe("the machine's first boot", () => {
  const setup = {
    ...{ region: "eu-central-1", volumeId: "vol-0123456789abcdef0", logGroup: "/portolan/a" },
    ...{ namespace: "Portolan/a", hostName: "a" },
  };
  const script = setupScript(setup);

  test("is a script that bash reads, within what EC2 takes", () => {
    expect(spawnSync("bash", ["-n"], { input: script }).status).toBe(0);
    expect(Buffer.byteLength(script)).toBeLessThan(8192);
  });

  test("never formats a disk that has files on it, and Docker waits for it", () => {
    const device = /^volume=.*\ndevice=.*$/m.exec(script)?.[0] ?? "";
    const named = spawnSync("bash", ["-c", `${device}; echo $device`], { encoding: "utf8" });
    expect(named.stdout).toBe(
      "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0123456789abcdef0\n",
    );
    expect(script).toContain('blkid "$device" || mkfs.xfs "$device"');
    expect(script).toContain("RequiresMountsFor=/data");
  });

  test("closes the metadata address to containers", () => {
    expect(script).toContain("iptables -I DOCKER-USER -d 169.254.169.254/32 -j DROP");
  });

  test("writes files that the programs can read", () => {
    const files = [
      ...script.matchAll(/cat > '([^']+\.json)' <<'END_OF_FILE'\n([^]*?)\nEND_OF_FILE/g),
    ];
    expect(files.map(([, name]) => path.basename(name ?? ""))).toEqual([
      "daemon.json",
      "portolan.json",
    ]);
    for (const [, , content] of files)
      expect(() => JSON.parse(content ?? "") as unknown).not.toThrow();
  });
});

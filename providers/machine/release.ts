import type { HostContainer, HostNetwork } from "../../components/docker-host";
import type { HealthCheck } from "../../components/container-service";
import { word, writeFile } from "./shell";

/** Root-only folder of the host: secrets, scripts, lists. */
export const CONFIG = "/etc/portolan";
/** Where the data disk is mounted; Docker keeps images and volumes on it. */
export const DATA = "/data";
/** Is there once a release has succeeded. */
const RELEASED = `${DATA}/portolan/released`;
/** Label of everything that releases have made: what workspaces make themselves has none. */
const LABEL = "portolan.host";

/** A container with everything decided. */
export interface ReleasedContainer extends Omit<HostContainer, "secrets" | "after"> {
  readonly name: string;
  /** Full reference. */
  readonly image: string;
  /** Environment variable → address of the secret, as the cloud's `secret` function takes it. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Port of the host that leads to a port of the container. */
  readonly publish?: { readonly host: number; readonly container: number };
  /** Another name in its first network. */
  readonly alias?: string;
  /** Kept although all others are dropped. */
  readonly capability?: string;
}

export interface Release {
  readonly networks: Readonly<Record<string, HostNetwork>>;
  readonly volumes: readonly string[];
  /** Reference → local name. */
  readonly preload: Readonly<Record<string, string>>;
  /** In the order of their start. */
  readonly containers: readonly ReleasedContainer[];
  /** Image and script of the copy; the script is called with `daily` or `release`. */
  readonly backup: { readonly image: string; readonly script: string };
  readonly entry: { readonly port: number; readonly health: HealthCheck };
  readonly firewall: string;
  /** Shell functions `login`, which signs in to the registries, and `secret ADDRESS`, which prints one. */
  readonly cloud: string;
}

/**
 * What a release does on the host, as root, from the images to the last check; it ends with an error
 * as soon as something is not as it should be, and may be run again at any time. The images of this
 * and of the release before stay; older ones go.
 */
export function releaseScript(release: Release): string {
  const { containers, networks, volumes, preload, backup, entry } = release;
  const names = containers.map(({ name }) => name);
  const images = [
    ...new Set([...containers.map(({ image }) => image), backup.image, ...Object.keys(preload)]),
  ];
  return [
    "#!/bin/bash",
    "set -euo pipefail",
    "export HOME=/root",
    "exec 9> /run/portolan-release.lock; flock 9",
    "cloud-init status --wait > /dev/null || { echo 'the first boot failed: see /var/log/cloud-init-output.log'; exit 1; }",
    `xfs_growfs ${DATA} > /dev/null`,
    FUNCTIONS,
    release.cloud,
    "",
    "echo images",
    "login",
    ...images.map((image) => `docker pull --quiet ${word(image)} > /dev/null`),
    "rm -f /root/.docker/config.json",
    ...Object.entries(preload).map(([image, local]) => `docker tag ${word(image)} ${word(local)}`),
    "",
    "echo firewall, networks and volumes",
    writeFile("/usr/local/sbin/portolan-firewall", "0700", release.firewall),
    "systemctl restart portolan-firewall",
    ...Object.entries(networks).map(networkLines),
    ...volumes.map((volume) => volumeLines(volume, containers)),
    "",
    "echo backup",
    writeFile("/usr/local/sbin/portolan-backup", "0700", backup.script),
    "systemctl enable --now --quiet portolan-backup.timer",
    // On the data disk, so that it outlives the machine: before the first release is nothing to copy.
    `[ ! -f ${RELEASED} ] || /usr/local/sbin/portolan-backup release`,
    "",
    "echo containers",
    `for old in $(docker ps --all --quiet --filter label=${LABEL}); do docker stop "$old" > /dev/null; docker rm "$old" > /dev/null; done`,
    `rm -rf ${CONFIG}/secrets; install -d -m 0700 ${CONFIG}/secrets`,
    ...containers.map((each) => containerLines(each)),
    "",
    "echo health of the entry",
    `healthy entry "http://127.0.0.1:${entry.port}${entry.health.path}" ${patience(entry.health)}`,
    `touch ${RELEASED}`,
    `forget ${images.map(word).join(" ")}`,
    `echo "released: ${names.join(", ")}"`,
    "",
  ].join("\n");
}

/**
 * Hands a release to an agent whose shell may be any: the host keeps it as a command of its own, which
 * can be run again by hand.
 */
export function delivered(release: string): string {
  const path = "/usr/local/sbin/portolan-release";
  return `#!/bin/sh\nset -eu\n${writeFile(path, "0700", release, "END_OF_RELEASE")}\nexec ${path}\n`;
}

const FUNCTIONS = `
words_of() { # image, entry point or command
  docker image inspect --format "{{range .Config.$2}}{{println .}}{{end}}" "$1" | sed '/^$/d'
}
healthy() { # name, address, seconds until it must be, seconds of one try
  local end=$((SECONDS + $3))
  until curl --silent --fail --max-time "$4" --output /dev/null "$2"; do
    if [ $SECONDS -ge $end ]; then
      echo "$1 was not healthy at $2 after $3 seconds"
      docker logs --tail 20 "$1" 2> /dev/null || true
      exit 1
    fi
    sleep 2
  done
}
running() { # name
  sleep 2
  [ "$(docker inspect --format '{{.State.Running}}' "$1")" = true ] && return
  echo "$1 ended"; docker logs --tail 20 "$1"; exit 1
}
address() { # name
  docker inspect --format '{{range .NetworkSettings.Networks}}{{println .IPAddress}}{{end}}' "$1" | sed '/^$/d' | head -n 1
}
forget() { # images of this release
  local list=${CONFIG}/images
  touch $list $list.before
  printf '%s\\n' "$@" | sort -u > $list.new
  if ! cmp --silent $list.new $list; then
    comm -23 $list.before <(sort -u $list $list.new) | xargs --no-run-if-empty docker image rm > /dev/null 2>&1 || true
    mv $list $list.before; mv $list.new $list
  fi
}`;

/** Seconds until a container must be well, and of one try. */
export const patience = (health: HealthCheck): string => {
  const { startSeconds, intervalSeconds, unhealthyAfter, timeoutSeconds } = health;
  return `${startSeconds + intervalSeconds * unhealthyAfter} ${timeoutSeconds}`;
};

/** Workspaces may hang on a network, so that one of the other kind is not replaced behind their back. */
function networkLines([name, { internal = false }]: [string, HostNetwork]): string {
  const quoted = word(name);
  return [
    `docker network inspect ${quoted} > /dev/null 2>&1 ||`,
    `  docker network create ${internal ? "--internal " : ""}--label ${LABEL} ${quoted} > /dev/null`,
    `[ "$(docker network inspect --format '{{.Internal}}' ${quoted})" = ${internal} ] ||`,
    `  { echo ${word(`the network ${name} is of another kind; remove it on the host`)}; exit 1; }`,
  ].join("\n");
}

/** A new volume belongs to root; it is given to the first container that mounts it. */
function volumeLines(volume: string, containers: readonly ReleasedContainer[]): string {
  const user = containers.find(({ volumes = {} }) => Object.values(volumes).includes(volume));
  const owner = user ? `${user.uid}:${user.gid ?? user.uid}` : "0:0";
  const quoted = word(volume);
  return [
    `if ! docker volume inspect ${quoted} > /dev/null 2>&1; then`,
    `  docker volume create --label ${LABEL} ${quoted} > /dev/null`,
    `  folder=$(docker volume inspect --format '{{.Mountpoint}}' ${quoted})`,
    `  chown ${owner} "$folder"; chmod 0750 "$folder"`,
    "fi",
  ].join("\n");
}

/**
 * Made, attached to all its networks, and only then started. A shell inside reads the secrets from a
 * file that nobody but the container's user reads: they show neither in `docker inspect` nor in the
 * list of processes.
 */
function containerLines(container: ReleasedContainer): string {
  const { name, image, networks, secrets, health, uid, gid = uid, command = [] } = container;
  const file = `${CONFIG}/secrets/${name}.env`;
  const hasSecrets = Object.keys(secrets).length > 0;
  const given = command.map(word).join(" ");
  const options = [
    ...optionsOf(container),
    ...(hasSecrets ? [`--volume ${word(`${file}:/run/portolan.env:ro`)}`, "--entrypoint sh"] : []),
  ];
  const start = `-c 'set -a; . /run/portolan.env; set +a; exec "$@"' sh "\${entry[@]}"`;
  return [
    ...(hasSecrets
      ? [
          `install -m 0600 -o ${uid} -g ${gid} /dev/null ${word(file)}`,
          ...Object.entries(secrets).map(
            ([variable, address]) =>
              `value=$(secret ${word(address)}); printf "%s='%s'\\n" ${variable} "\${value//\\'/\\'\\\\\\'\\'}" >> ${word(file)}`,
          ),
          `mapfile -t entry < <(words_of ${word(image)} Entrypoint)`,
          `mapfile -t words < <(words_of ${word(image)} Cmd)`,
        ]
      : []),
    `docker create ${options.join(" \\\n  ")} \\`,
    hasSecrets
      ? `  ${word(image)} ${start} ${given === "" ? '"${words[@]}"' : given} > /dev/null`
      : `  ${word(image)} ${given} > /dev/null`,
    ...networks.slice(1).map((each) => `docker network connect ${word(each)} ${word(name)}`),
    `docker start ${word(name)} > /dev/null`,
    health
      ? `healthy ${word(name)} "http://$(address ${word(name)}):${health.port}${health.path}" ${patience(health)}`
      : `running ${word(name)}`,
  ].join("\n");
}

function optionsOf(container: ReleasedContainer): string[] {
  const { uid, gid = uid, networks, scratch = ["/tmp"], memoryMiB } = container;
  const each = (option: string, pairs: Readonly<Record<string, string>> = {}): string[] =>
    Object.entries(pairs).map(([key, value]) => `--${option} ${word(`${key}=${value}`)}`);
  const mode = `rw,nosuid,nodev,noexec,size=100m,uid=${uid},gid=${gid},mode=0700`;
  return [
    `--name ${word(container.name)}`,
    `--label ${LABEL}`,
    // After a crash the engine would leave stopped what is "unless-stopped".
    "--restart always",
    `--user ${uid}:${gid}`,
    "--read-only",
    "--cap-drop ALL",
    "--security-opt no-new-privileges",
    "--pids-limit 1024",
    `--cpus ${container.cpu}`,
    `--memory ${memoryMiB}m`,
    `--stop-timeout ${container.stopGraceSeconds ?? 10}`,
    `--network ${word(networks[0] ?? "none")}`,
    ...(container.alias ? [`--network-alias ${word(container.alias)}`] : []),
    ...(container.capability ? [`--cap-add ${container.capability}`] : []),
    ...(container.publish
      ? [`--publish ${container.publish.host}:${container.publish.container}`]
      : []),
    ...scratch.map((path) => `--tmpfs ${word(`${path}:${mode}`)}`),
    ...Object.entries(container.volumes ?? {}).map(
      ([path, volume]) => `--volume ${word(`${volume}:${path}`)}`,
    ),
    // The socket belongs to a group; its number is the host's.
    ...(container.engineSocket
      ? [
          '--group-add "$(stat --format %g /var/run/docker.sock)"',
          "--volume /var/run/docker.sock:/var/run/docker.sock:ro",
        ]
      : []),
    ...each("env", container.env),
    ...each("label", container.labels),
  ];
}

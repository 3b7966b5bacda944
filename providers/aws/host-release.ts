import type { HostNetwork } from "../../components/docker-host";
import type { HealthCheck } from "../../components/container-service";
import { CONFIG, DATA } from "./host-setup";
import { patience, type ReleasedContainer as AnyContainer } from "../machine/release";
import { word } from "../machine/shell";
import { BACKUP_TIMER, BACKUP_UNIT } from "../machine/units";
import { file } from "./shell";

/** A container with everything decided: what the host is told to run. */
export interface ReleasedContainer extends Omit<AnyContainer, "secrets"> {
  /** Environment variable → ARN of the secret. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Replaces the image's entry point. */
  readonly entrypoint?: string;
}

export interface Release {
  readonly region: string;
  /** Host of the registry. */
  readonly registry: string;
  readonly networks: Readonly<Record<string, HostNetwork>>;
  readonly volumes: readonly string[];
  /** Reference → local name. */
  readonly preload: Readonly<Record<string, string>>;
  /** In the order of their start. */
  readonly containers: readonly ReleasedContainer[];
  /** The copy of the volumes; see `host-backup.ts`. */
  readonly backup: { readonly image: string; readonly script: string };
  /** How the load balancer finds the host well. */
  readonly entry: { readonly url: string; readonly health: HealthCheck };
}

/**
 * What a release does on the host, from images to the last check; it ends with an error as soon as
 * something is not as it should be. Started again, it does the same again.
 */
export function releaseScript(release: Release): string {
  const { containers, preload, backup } = release;
  const names = containers.map(({ name }) => name);
  const images = [...new Set([...containers.map(({ image }) => image), backup.image])];
  const all = [...images, ...Object.keys(preload)];
  return `#!/bin/bash
set -euo pipefail
export AWS_DEFAULT_REGION=${word(release.region)} HOME=/root
exec 9> /run/portolan-release.lock; flock 9
booted=0; cloud-init status --wait > /dev/null || booted=$?
# 2 are warnings.
[ $booted -ne 1 ] || { echo "the machine's first boot failed: see /var/log/cloud-init-output.log"; exit 1; }
xfs_growfs ${DATA} > /dev/null
${FUNCTIONS}
echo "images"
aws ecr get-login-password | docker login --username AWS --password-stdin ${word(release.registry)} > /dev/null
${all.map((image) => `docker pull --quiet ${word(image)}`).join("\n")}
docker logout ${word(release.registry)} > /dev/null
${Object.entries(preload)
  .map(([image, local]) => `docker tag ${word(image)} ${word(local)}`)
  .join("\n")}

echo "networks and volumes"
${Object.entries(release.networks).map(networkLine).join("\n")}
existing=$(docker volume ls --quiet)
${release.volumes.map((volume) => volumeLine(volume, containers)).join("\n")}

echo "backup"
${file("/usr/local/sbin/portolan-backup", "0700", backup.script)}
${TIMER}
if [ -n "$existing" ]; then /usr/local/sbin/portolan-backup release; fi

echo "containers"
known=" ${names.join(" ")} "
for name in $(docker ps --all --filter label=portolan.host --format '{{.Names}}'); do
  case "$known" in *" $name "*) ;; *) remove "$name" ;; esac
done
${[...names]
  .reverse()
  .map((name) => `remove ${word(name)}`)
  .join("\n")}
rm -f ${CONFIG}/secrets/*
${containers.map(containerLines).join("\n")}

echo "health of the entry"
healthy entry ${word(release.entry.url)} ${patience(release.entry.health)}

forget ${all.map(word).join(" ")}
echo "released"
`;
}

const FUNCTIONS = `
remove() { # container
  if docker inspect "$1" > /dev/null 2>&1; then docker stop "$1" > /dev/null; docker rm --force "$1" > /dev/null; fi
}
secret() { # file variable arn
  local value
  value=$(aws secretsmanager get-secret-value --secret-id "$3" --query SecretString --output text)
  printf "%s='%s'\\n" "$2" "\${value//\\'/\\'\\\\\\'\\'}" >> "$1"
}
entry_of() { # image
  docker image inspect --format '{{range .Config.Entrypoint}}{{println .}}{{end}}' "$1" | sed '/^$/d'
}
command_of() { # image
  docker image inspect --format '{{range .Config.Cmd}}{{println .}}{{end}}' "$1" | sed '/^$/d'
}
running() { # container
  sleep 2
  [ "$(docker inspect --format '{{.State.Running}}' "$1")" = true ] && return
  echo "$1 ended:"; docker logs --tail 20 "$1"; exit 1
}
healthy() { # name url seconds timeout
  local end=$((SECONDS + $3))
  until curl --insecure --silent --fail --max-time "$4" --output /dev/null "$2"; do
    if [ $SECONDS -ge $end ]; then
      echo "$1 was not healthy at $2 after $3 seconds"
      if docker inspect "$1" > /dev/null 2>&1; then docker logs --tail 20 "$1"; fi
      exit 1
    fi
    sleep 2
  done
}
address() { # container
  docker inspect --format '{{range .NetworkSettings.Networks}}{{println .IPAddress}}{{end}}' "$1" | sed '/^$/d' | head -n 1
}
forget() { # images of this release; those of the one before stay for the way back
  local list=${CONFIG}/images
  touch $list $list.before
  printf '%s\\n' "$@" | sort -u > $list.new
  cmp --silent $list.new $list || { mv $list.before $list.older; mv $list $list.before; mv $list.new $list; }
  [ ! -f $list.older ] || sort -u $list.older | comm -23 - <(sort -u $list $list.before) | while read -r image; do
    docker image rm "$image" > /dev/null 2>&1 || true
  done
}`;

const TIMER = `${file("/etc/systemd/system/portolan-backup.service", "0644", BACKUP_UNIT)}
${file("/etc/systemd/system/portolan-backup.timer", "0644", BACKUP_TIMER)}
systemctl daemon-reload
systemctl enable --now portolan-backup.timer`;

/** A network that changed its kind cannot be changed in place, and workspaces may hang on it. */
function networkLine([name, { internal = false }]: [string, HostNetwork]): string {
  return `if docker network inspect ${word(name)} > /dev/null 2>&1; then
  [ "$(docker network inspect --format '{{.Internal}}' ${word(name)})" = ${internal} ] ||
    { echo ${word(`the network ${name} is of the other kind; remove it on the host and release again`)}; exit 1; }
else
  docker network create${internal ? " --internal" : ""} --label portolan.host ${word(name)} > /dev/null
fi`;
}

/** A new volume belongs to root; it is given to the first container that mounts it. */
function volumeLine(volume: string, containers: readonly ReleasedContainer[]): string {
  const user = containers.find(({ volumes = {} }) => Object.values(volumes).includes(volume));
  const create = `docker volume create --label portolan.host ${word(volume)} > /dev/null`;
  if (!user) return create;
  const owner = `${user.uid}:${user.gid ?? user.uid}`;
  return `if ! docker volume inspect ${word(volume)} > /dev/null 2>&1; then
  ${create}
  install -d -m 0750 -o ${user.uid} -g ${user.gid ?? user.uid} "$(docker volume inspect --format '{{.Mountpoint}}' ${word(volume)})" # ${owner}
fi`;
}

/**
 * Made, connected to all its networks, and only then started. Secrets are read by a shell inside,
 * from a file that root and the container's user can read: nothing of them shows in `docker inspect`.
 */
function containerLines(container: ReleasedContainer): string {
  const { name, image, networks, secrets = {}, health } = container;
  const others = networks.slice(1);
  const secretFile = `${CONFIG}/secrets/${name}.env`;
  const hasSecrets = Object.keys(secrets).length > 0;
  const uid = container.uid;
  const gid = container.gid ?? uid;
  const command = (container.command ?? []).map(word).join(" ");
  const options = hasSecrets
    ? [...runOptions(container), `--volume ${secretFile}:/run/portolan.env:ro`, "--entrypoint sh"]
    : runOptions(container);
  return [
    ...(hasSecrets
      ? [
          `install -m 0600 -o ${uid} -g ${gid} /dev/null ${secretFile}`,
          ...Object.entries(secrets).map(
            ([variable, arn]) => `secret ${secretFile} ${word(variable)} ${word(arn)}`,
          ),
          `mapfile -t entry < <(entry_of ${word(image)})`,
          ...(command === "" ? [`mapfile -t words < <(command_of ${word(image)})`] : []),
        ]
      : []),
    `docker create \\`,
    ...options.map((option) => `  ${option} \\`),
    hasSecrets
      ? `  ${word(image)} -c 'set -a; . /run/portolan.env; set +a; exec "$@"' sh "\${entry[@]}" ${command || '"${words[@]}"'} > /dev/null`
      : `  ${word(image)} ${command} > /dev/null`,
    ...others.map((network) => `docker network connect ${word(network)} ${word(name)}`),
    `docker start ${word(name)} > /dev/null`,
    health
      ? `healthy ${word(name)} "http://$(address ${word(name)}):${health.port}${health.path}" ${patience(health)}`
      : `running ${word(name)}`,
  ].join("\n");
}

function runOptions(container: ReleasedContainer): string[] {
  const { uid, gid = uid, networks, scratch = ["/tmp"], memoryMiB } = container;
  const pairs = (option: string, record: Readonly<Record<string, string>> = {}): string[] =>
    Object.entries(record).map(([key, value]) => `--${option} ${word(`${key}=${value}`)}`);
  const size = Math.max(64, Math.floor(memoryMiB / 4));
  return [
    `--name ${word(container.name)}`,
    "--label portolan.host",
    // After a crash the engine would leave stopped what is "unless-stopped".
    "--restart always",
    `--user ${uid}:${gid}`,
    "--read-only",
    "--cap-drop ALL",
    ...(container.capability ? [`--cap-add ${container.capability}`] : []),
    "--security-opt no-new-privileges",
    `--cpus ${container.cpu}`,
    `--memory ${memoryMiB}m`,
    "--pids-limit 1024",
    `--stop-timeout ${container.stopGraceSeconds ?? 10}`,
    `--network ${word(networks[0] ?? "none")}`,
    ...(container.alias ? [`--network-alias ${container.alias}`] : []),
    ...(container.publish
      ? [`--publish ${container.publish.host}:${container.publish.container}`]
      : []),
    ...scratch.map(
      (path) =>
        `--tmpfs ${word(`${path}:rw,nosuid,nodev,noexec,size=${size}m,uid=${uid},gid=${gid},mode=1777`)}`,
    ),
    ...Object.entries(container.volumes ?? {}).map(
      ([path, volume]) => `--volume ${word(`${volume}:${path}`)}`,
    ),
    ...(container.engineSocket
      ? [
          `--group-add "$(stat --format %g /var/run/docker.sock)"`,
          "--volume /var/run/docker.sock:/var/run/docker.sock:ro",
        ]
      : []),
    ...pairs("env", container.env),
    ...pairs("label", container.labels),
    ...(container.entrypoint ? [`--entrypoint ${word(container.entrypoint)}`] : []),
  ];
}

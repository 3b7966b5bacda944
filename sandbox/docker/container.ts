import { sickness } from "../lib/images";
import { CloudError } from "../lib/table";
import type { Draft, Failure, TypeTable } from "../lib/table";
import { plain, UNKNOWN } from "../lib/values";
import type { Plain } from "../lib/values";
import { exitCodeOf } from "./exits";

const CONTAINER = "docker:index/container:Container";
const DURATION = /^(\d+(\.\d+)?(ms|s|m|h))+$/;

/** What the provider itself refuses before the engine is asked. */
function validate(inputs: Plain): Failure[] {
  const failures: Failure[] = [];
  const refuse = (property: string, reason: string): void => {
    failures.push({ property, reason });
  };
  if (!["no", "on-failure", "always", "unless-stopped"].includes(inputs.restart ?? "no")) {
    refuse(
      "restart",
      `expected restart to be one of ["no" "on-failure" "always" "unless-stopped"]`,
    );
  }
  for (const key of ["interval", "timeout", "startPeriod"]) {
    const value = inputs.healthcheck?.[key];
    if (typeof value === "string" && !DURATION.test(value)) {
      refuse(`healthcheck.${key}`, `"${value}" is not a valid duration`);
    }
  }
  if (typeof inputs.memory === "number" && inputs.memory < 0) {
    refuse("memory", "memory must be greater than or equal to 0");
  }
  for (const upload of inputs.uploads ?? []) {
    const given = ["content", "contentBase64", "source"].filter((key) => upload[key] !== undefined);
    if (upload === UNKNOWN || given.length === 1) continue;
    refuse("uploads", "one of 'content', 'content_base64', or 'source' must be set, and only one");
  }
  return failures;
}

/** What the engine refuses, and how the run ends. */
function create(draft: Draft): Record<string, Plain> {
  const { inputs } = draft;
  if (inputs.readOnly && (inputs.uploads ?? []).length > 0) {
    throw new CloudError(
      "Unable to upload volume content: Error response from daemon: container rootfs is marked read-only",
    );
  }
  if (/^(host|none|container:)/.test(inputs.networkMode ?? "") && inputs.networksAdvanced?.length) {
    throw new CloudError(
      "Unable to connect to network: Error response from daemon: container cannot be connected to multiple networks with one of the networks in private (none) mode",
    );
  }
  if (inputs.wait && !inputs.healthcheck) {
    throw new CloudError(
      "you have supplied a 'wait' argument, but the container does not have a healthcheck defined. Please remove the 'wait' argument or add a 'healthcheck' attribute",
    );
  }
  refuseTakenPorts(draft);
  if (inputs.wait && sickness(String(inputs.image)) !== undefined) {
    throw new CloudError(`container is unhealthy: ${sickness(String(inputs.image))}`);
  }
  const code = inputs.start === false ? undefined : exitCodeOf(draft.logicalName);
  if (inputs.wait && code !== undefined) {
    throw new CloudError("container is unhealthy");
  }
  // The provider reports the exit code and calls the container created, whatever it is.
  const ends = inputs.attach && inputs.start !== false;
  return ends ? { exitCode: code ?? (leadsToTheSick(draft) ? 1 : 0) } : {};
}

/** The job that gives an edge its routes asks every replica first, and leaves them when one is sick. */
function leadsToTheSick({ inputs, cloud }: Draft): boolean {
  const given = "UPSTREAMS=";
  const text = (inputs.envs ?? []).find((each: Plain) => String(each).startsWith(given));
  if (text === undefined) return false;
  const upstreams = JSON.parse(String(text).slice(given.length)) as { url: string }[];
  const hosts = new Set(upstreams.map(({ url }) => new URL(url).hostname));
  return cloud.all(CONTAINER).some(({ outputs }) => {
    const { image, networksAdvanced } = plain(outputs) as Plain;
    const aliases = (networksAdvanced ?? []).flatMap((network: Plain) => network.aliases ?? []);
    return sickness(String(image)) !== undefined && aliases.some((each: Plain) => hosts.has(each));
  });
}

function refuseTakenPorts({ inputs, cloud, id, name, place }: Draft): void {
  const wanted = portsOf(inputs);
  for (const other of cloud.all(CONTAINER)) {
    if (other.id === id || other.place !== place.host) continue;
    const clash = portsOf(other.outputs).find((port) => wanted.includes(port));
    if (clash === undefined) continue;
    throw new CloudError(
      `Unable to start container: Error response from daemon: driver failed programming external connectivity on endpoint ${name}: Bind for 0.0.0.0:${clash.split("/")[0]} failed: port is already allocated`,
    );
  }
}

const portsOf = (object: Plain): string[] =>
  (object.ports ?? [])
    .filter(({ external }: Plain) => external !== undefined)
    .map(({ external, protocol }: Plain) => `${external}/${protocol ?? "tcp"}`);

/** Inputs whose change makes another container; the rest is changed in place or without effect. */
const PLAIN_INPUTS = [
  "cgroupParent",
  "cgroupnsMode",
  "cpus",
  "domainname",
  "gpus",
  "hostname",
  "image",
  "init",
  "ipcMode",
  "logDriver",
  "name",
  "networkMode",
  "pidMode",
  "platform",
  "privileged",
  "publishAllPorts",
  "readOnly",
  "runtime",
  "shmSize",
  "stdinOpen",
  "stopSignal",
  "stopTimeout",
  "tty",
  "user",
  "usernsMode",
  "workingDir",
];
const LISTS = [
  "command",
  "dns",
  "dnsOpts",
  "dnsSearches",
  "entrypoints",
  "envs",
  "groupAdds",
  "securityOpts",
];
const OBJECT_LISTS = [
  "devices",
  "deviceRequests",
  "hosts",
  "labels",
  "mounts",
  "networksAdvanced",
  "ports",
  "ulimits",
  "uploads",
  "volumes",
];
const MAPS = ["logOpts", "storageOpts", "sysctls"];

export const container: TypeTable = {
  name: { property: "name" },
  id: "{hex:64}",
  // Said by the provider for every replacement of a container.
  deleteBeforeReplace: true,
  orphans: true,
  defaults: {
    attach: false,
    logs: false,
    mustRun: true,
    readOnly: false,
    removeVolumes: true,
    restart: "no",
    rm: false,
    start: true,
    wait: false,
    waitTimeout: 60,
  },
  outputs: {
    hostname: ({ id }: Draft) => id.slice(0, 12),
    // An image's own program; the simulated engine has no image to look into.
    entrypoints: () => ["/simulated-entrypoint"],
    command: () => ["simulated-command"],
    logDriver: "json-file",
    ipcMode: "private",
    runtime: "runc",
    shmSize: 64,
    stopSignal: "SIGTERM",
    networkDatas: ({ inputs }: Draft) =>
      (inputs.networksAdvanced ?? []).map(({ name }: Plain) => ({ networkName: name })),
  },
  replaceOn: [
    ...PLAIN_INPUTS,
    ...LISTS.map((list) => `${list}[*]`),
    ...OBJECT_LISTS.map((list) => `${list}[*].*`),
    ...MAPS.map((map) => `${map}.*`),
    "capabilities.*[*]",
  ],
  sets: ["envs", "labels", "networksAdvanced", "uploads", "volumes", "groupAdds", "mounts"],
  references: {
    "networksAdvanced[*].name": "docker:index/network:Network#name",
    "volumes[*].volumeName": "docker:index/volume:Volume#name",
  },
  missing: "Error response from daemon: {value} not found",
  exists:
    'Unable to create container: Error response from daemon: Conflict. The container name "/{name}" is already in use',
  validate,
  create,
};

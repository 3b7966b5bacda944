import type { Failure } from "../lib/table";
import { UNKNOWN } from "../lib/values";
import type { Plain } from "../lib/values";

const RESERVED: Record<"service" | "job", RegExp> = {
  service: /^(PORT|K_SERVICE|K_REVISION|K_CONFIGURATION)$/,
  job: /^(CLOUD_RUN_.*|PORT)$/,
};

const HOST = /^(docker\.io|([a-z0-9-]+\.)?gcr\.io|[a-z0-9-]+-docker\.pkg\.dev)$/;

/** What Cloud Run refuses whatever else exists: it can be told from the template alone. */
export function runFailures(template: Plain, kind: "service" | "job"): readonly Failure[] {
  const containers = (template?.containers ?? []) as Plain[];
  if (!Array.isArray(containers)) return [];
  return containers.flatMap((container) => [
    ...envFailures(container, kind),
    ...imageFailures(container.image),
    ...(kind === "service" ? sizeFailures(container, template) : []),
    ...vpcFailures(template.vpcAccess),
  ]);
}

function envFailures({ envs }: Plain, kind: "service" | "job"): readonly Failure[] {
  if (!Array.isArray(envs)) return [];
  return (envs as Plain[])
    .map(({ name }) => name)
    .filter((name) => typeof name === "string" && RESERVED[kind].test(name))
    .map((name) => ({
      property: "template.containers.envs",
      reason: `The following reserved env names were provided: ${String(name)}. These values are automatically set by the system.`,
    }));
}

function imageFailures(image: Plain): readonly Failure[] {
  if (typeof image !== "string") return [];
  const [first = "", ...rest] = image.split("/");
  const hasHost = rest.length > 0 && /[.:]/.test(first);
  if (!hasHost || HOST.test(first)) return [];
  return [
    {
      property: "template.containers.image",
      reason:
        `Expected an image path like [host/]repo-path[:tag and/or @digest], where host is one of [region.]gcr.io, ` +
        `[region-]docker.pkg.dev or docker.io but obtained ${image}`,
    },
  ];
}

function sizeFailures({ resources }: Plain, template: Plain): readonly Failure[] {
  const cpu = quantity(resources?.limits?.cpu);
  const memory = mebibytes(resources?.limits?.memory);
  const failures: string[] = [];
  if (cpu !== undefined) {
    if (cpu > 1 && ![2, 4, 6, 8].includes(cpu))
      failures.push(`Invalid value specified for cpu: ${cpu}`);
    if (cpu < 1 && Number(template.maxInstanceRequestConcurrency ?? 1) > 1) {
      failures.push("Total cpu < 1 is not supported with concurrency > 1.");
    }
    if (memory !== undefined && memory > mostMemory(cpu)) {
      failures.push(`For ${memory} MiB more than ${cpu} cpu is needed.`);
    }
    if (cpu >= 4 && memory !== undefined && memory < 2048)
      failures.push("4 cpu need at least 2 GiB.");
  }
  if (memory !== undefined && memory < 512 && template.executionEnvironment?.endsWith?.("GEN2")) {
    failures.push("The second generation needs at least 512 MiB.");
  }
  return failures.map((reason) => ({ property: "template.containers.resources", reason }));
}

const mostMemory = (cpu: number): number =>
  cpu < 2 ? 4096 : cpu < 4 ? 8192 : cpu < 6 ? 16384 : cpu < 8 ? 24576 : 32768;

function vpcFailures(access: Plain): readonly Failure[] {
  if (access === undefined || access === null || access === UNKNOWN) return [];
  const { connector, networkInterfaces } = access;
  if (connector === undefined || networkInterfaces === undefined) return [];
  return [
    {
      property: "template.vpcAccess",
      reason: "connector and networkInterfaces are mutually exclusive",
    },
  ];
}

function quantity(text: Plain): number | undefined {
  if (typeof text !== "string") return undefined;
  return text.endsWith("m") ? Number(text.slice(0, -1)) / 1000 : Number(text);
}

function mebibytes(text: Plain): number | undefined {
  const match = typeof text === "string" ? /^(\d+)(Mi|Gi|M|G)$/.exec(text) : null;
  if (!match) return undefined;
  return Number(match[1]) * (match[2]?.startsWith("G") ? 1024 : 1);
}

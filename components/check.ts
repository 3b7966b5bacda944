import type { SignalKind } from "./alarms";
import type { Builder } from "./builder";
import { checkHosts } from "./check-hosts";
import { edgeOf } from "./edge-of";
import { Problems } from "./errors";
import type { Platform } from "./platform";
import { bootstrapJob } from "./postgres-bootstrap";
import type { JobDescription, ServiceDescription, SystemSpec } from "./system";

/** Reports everything the chosen cloud would refuse in a description; creates nothing. */
export function checkSystem(platform: Platform, system: SystemSpec): void {
  const problems = new Problems();
  const { environment } = platform;
  const check = <Spec>(builder: Builder<Spec, never, unknown>, path: string, spec: Spec): void => {
    builder.check(spec, { environment, path, problems });
  };
  const each = <Spec>(
    builder: Builder<Spec, never, unknown>,
    section: string,
    specs: Readonly<Record<string, Spec>>,
  ): void => {
    for (const [name, spec] of Object.entries(specs)) check(builder, `${section}.${name}`, spec);
  };

  check(platform.privateNetwork, "network", system.network);
  each(platform.managedPostgres, "postgres", system.postgres);
  each(platform.privateRedis, "redis", system.redis);
  each(platform.image, "images", system.images);
  each(platform.oneOffJob, "jobs", system.jobs);
  each(platform.containerService, "services", system.services);
  for (const [name, postgres] of Object.entries(system.postgres)) {
    check(platform.oneOffJob, `postgres.${name}.bootstrap`, bootstrapJob(name, postgres));
  }
  const edge = edgeOf(system);
  if (edge) check(platform.httpsEdge, "edge", edge);
  each(platform.sharedFiles, "files", system.files ?? {});
  each(platform.wormArchive, "archives", system.archives ?? {});
  each(platform.dockerHost, "hosts", system.hosts ?? {});
  each(platform.oneOffJob, "checks", system.checks ?? {});
  if (system.auditLogs) check(platform.logArchive, "auditLogs", system.auditLogs);
  check(platform.alarms, "alarms", system.alarms);
  checkCertificateAlarms(platform, system, problems);
  checkNames(system, problems);
  checkHosts(system, problems);
  checkWorkloads(system, problems);
  problems.throwIfAny();
}

/** Every name that points at another entry must have that entry. */
function checkNames(system: SystemSpec, problems: Problems): void {
  const needs = (path: string, name: string, known: object, section: string): void => {
    if (name in known) return;
    const names = Object.keys(known).join(", ") || "none";
    problems.add(path, `"${name}" is not an entry of ${section}; there are: ${names}`);
  };
  const users = {
    ...system.postgres,
    ...system.redis,
    ...system.services,
    ...system.hosts,
    ...(system.edge?.exposure === "private" ? { edge: system.edge } : {}),
  };
  const workload = (path: string, description: JobDescription | ServiceDescription): void => {
    needs(`${path}.image`, description.image, system.images, "images");
    for (const name of description.uses)
      needs(`${path}.uses`, name, users, "the stores and services");
    for (const name of description.after ?? []) needs(`${path}.after`, name, system.jobs, "jobs");
    for (const [variable, secret] of Object.entries(description.secrets ?? {})) {
      needs(`${path}.secrets.${variable}`, secret, system.secrets, "secrets");
    }
    for (const [folder, name] of Object.entries(description.mounts ?? {})) {
      needs(`${path}.mounts.${folder}`, name, system.files ?? {}, "files");
    }
    for (const name of description.archives ?? []) {
      needs(`${path}.archives`, name, system.archives ?? {}, "archives");
    }
  };
  for (const [name, job] of Object.entries(system.jobs)) workload(`jobs.${name}`, job);
  for (const [name, job] of Object.entries(system.checks ?? {})) workload(`checks.${name}`, job);
  for (const [name, service] of Object.entries(system.services))
    workload(`services.${name}`, service);
  for (const [name, { client }] of Object.entries(system.postgres)) {
    needs(`postgres.${name}.client`, client, system.images, "images");
  }
  const { sources = [], archive, siem } = system.auditLogs ?? {};
  const logged = { ...system.services, ...system.jobs, ...system.postgres };
  for (const name of sources) {
    needs("auditLogs.sources", name, logged, "services, jobs or postgres");
  }
  if (archive !== undefined) needs("auditLogs.archive", archive, system.archives ?? {}, "archives");
  if (siem?.kind === "splunk") needs("auditLogs.siem.token", siem.token, system.secrets, "secrets");
  for (const route of system.edge?.routes ?? []) {
    needs("edge.routes", route.backend, system.edge?.backends ?? {}, "edge.backends");
  }
  for (const name of Object.keys(system.edge?.backends ?? {})) {
    needs(
      `edge.backends.${name}`,
      name,
      { ...system.services, ...system.hosts },
      "services or hosts",
    );
  }
  for (const [name, { kind, target }] of Object.entries(system.alarms.signals)) {
    const sections = WATCHED[kind];
    const known = Object.assign({}, ...sections.map((section) => entriesOf(system, section)));
    needs(`alarms.signals.${name}.target`, target, known, sections.join(" or "));
  }
}

/** Some clouds look at certificates from outside, where nobody sees a private edge. */
function checkCertificateAlarms(platform: Platform, system: SystemSpec, problems: Problems): void {
  const why = platform.alarms.privateCertificate;
  if (why === undefined || system.edge?.exposure !== "private") return;
  for (const [name, { kind }] of Object.entries(system.alarms.signals)) {
    if (kind !== "certificate") continue;
    problems.add(
      `alarms.signals.${name}`,
      `the certificate of a private edge cannot be watched on ${platform.cloud}: ${why}; remove the signal`,
    );
  }
}

type Section = "services" | "hosts" | "postgres" | "redis" | "jobs" | "edge";

/** Where the target of a signal is described. */
const WATCHED: Record<SignalKind, readonly Section[]> = {
  "server-errors": ["services", "hosts"],
  latency: ["services", "hosts"],
  unhealthy: ["services", "hosts"],
  restarts: ["services"],
  "log-pattern": ["services", "hosts"],
  "log-silence": ["services", "hosts"],
  "postgres-cpu": ["postgres"],
  "postgres-storage": ["postgres"],
  "postgres-connections": ["postgres"],
  "redis-memory": ["redis"],
  "job-failed": ["jobs"],
  certificate: ["edge"],
  "host-disk": ["hosts"],
  "host-backup": ["hosts"],
};

/** The bootstrap job of a database is watched by the database's name. */
function entriesOf(system: SystemSpec, section: Section): object {
  if (section === "edge") return system.edge ? { edge: system.edge } : {};
  if (section === "jobs") return { ...system.postgres, ...system.jobs, ...system.checks };
  return system[section] ?? {};
}

/** What no cloud may run, whatever it would accept. */
function checkWorkloads(system: SystemSpec, problems: Problems): void {
  const all = { jobs: system.jobs, services: system.services, checks: system.checks ?? {} };
  for (const [section, workloads] of Object.entries(all)) {
    for (const [name, { uid, gid, egress }] of Object.entries(workloads)) {
      const at = `${section}.${name}`;
      if (egress === "https" && system.network.outbound === "none") {
        problems.add(
          `${at}.egress`,
          "needs a way to the internet, and the network has none; set network.outbound to single",
        );
      }
      if (!Number.isInteger(uid) || uid <= 0) {
        problems.add(`${at}.uid`, `${uid} is root or no user; give a number of 1 or more`);
      }
      if (gid !== undefined && (!Number.isInteger(gid) || gid <= 0)) {
        problems.add(`${at}.gid`, `${gid} is root's group or no group; give a number of 1 or more`);
      }
    }
  }
}

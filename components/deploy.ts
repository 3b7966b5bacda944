import * as pulumi from "@pulumi/pulumi";
import { RandomBytes } from "@pulumi/random/randomBytes";
import { Alarms } from "./alarms";
import type { Endpoint } from "./attachment";
import { checkSystem } from "./check";
import { ContainerService } from "./container-service";
import { DockerHost, type DockerHostSpec } from "./docker-host";
import { edgeOf } from "./edge-of";
import { HttpsEdge } from "./https-edge";
import { Image } from "./image";
import { LogArchive } from "./log-archive";
import { ManagedPostgres } from "./managed-postgres";
import { OneOffJob } from "./one-off-job";
import type { Platform } from "./platform";
import {
  adminPasswordSecret,
  bootstrapJob,
  ownerPasswordSecret,
  rolePasswordSecret,
} from "./postgres-bootstrap";
import { PrivateNetwork } from "./private-network";
import { PrivateRedis } from "./private-redis";
import { SecretBundle, type SecretSource } from "./secret-bundle";
import { SharedFiles } from "./shared-files";
import type { Connections, SystemSpec, WorkloadDescription } from "./system";
import type { WorkloadLinks, WorkloadSpec } from "./workload";
import { WormArchive } from "./worm-archive";

/** The root of a system's resource tree. */
class System extends pulumi.ComponentResource {
  constructor(name: string) {
    super("portolan:components:System", name);
    this.registerOutputs({});
  }
}

/** Components by the name of their entry in the description. */
interface Built {
  readonly network: PrivateNetwork;
  readonly postgres: Record<string, ManagedPostgres>;
  readonly redis: Record<string, PrivateRedis>;
  readonly files: Record<string, SharedFiles>;
  readonly archives: Record<string, WormArchive>;
  readonly images: Record<string, Image>;
  readonly bootstraps: Record<string, OneOffJob>;
  readonly jobs: Record<string, OneOffJob>;
  readonly services: Record<string, ContainerService>;
  readonly hosts: Record<string, DockerHost>;
  readonly edge: HttpsEdge | undefined;
}

/**
 * Deploys a described system: network, stores, secrets, images, edge, jobs, services, hosts,
 * routes, audit logs, checks, alarms. Throws `InvalidInput` with everything that is wrong before the first resource.
 */
export function deploy(
  platform: Platform,
  system: SystemSpec,
): Record<string, pulumi.Input<unknown>> {
  checkSystem(platform, system);
  const parent = new System(system.name);
  const options = { platform, parent };
  const network = new PrivateNetwork("network", system.network, options);
  const edgeSpec = edgeOf(system);
  const built: Built = {
    network,
    postgres: mapEntries(system.postgres, (name, { owner: _o, roles: _r, client: _c, ...spec }) => {
      return new ManagedPostgres(name, { ...spec, network, ...siemOf(system, name) }, options);
    }),
    redis: mapEntries(system.redis, (name, spec) => {
      return new PrivateRedis(name, { ...spec, network }, options);
    }),
    files: mapEntries(system.files ?? {}, (name, spec) => {
      return new SharedFiles(name, { ...spec, network }, options);
    }),
    archives: mapEntries(system.archives ?? {}, (name, spec) => {
      return new WormArchive(name, { ...spec, network }, options);
    }),
    images: mapEntries(system.images, (name, spec) => new Image(`${name}-image`, spec, options)),
    bootstraps: {},
    jobs: {},
    services: {},
    hosts: {},
    edge: edgeSpec && new HttpsEdge("edge", { ...edgeSpec, network }, options),
  };
  const { edge } = built;

  const logins = loginPasswords(system, parent);
  const connections = connectionsOf(system, built, logins);
  const secrets = bundle(system, built, connections, logins, options);
  const links = (
    description: WorkloadDescription & WorkloadSpec,
    name?: string,
  ): WorkloadLinks => ({
    network,
    ...siemOf(system, name),
    image: entry(built.images, description.image),
    uses: description.uses.map((name) => endpoint(built, name)),
    secrets: secretsOf(description, secrets),
    files: pick(built.files, Object.values(description.mounts ?? {})),
    archives: pick(built.archives, description.archives ?? []),
    env: description.links?.(connections) ?? {},
    after: completed(built, description.after),
  });

  for (const [name, postgres] of Object.entries(system.postgres)) {
    const server = entry(built.postgres, name);
    const spec = bootstrapJob(name, postgres);
    const env = { PGHOST: server.host, PGPORT: `${server.port}`, PGUSER: server.adminUser };
    built.bootstraps[name] = new OneOffJob(
      `${name}-bootstrap`,
      spec,
      { ...links({ ...spec, image: postgres.client, uses: [name] }), env, after: [] },
      options,
    );
  }
  for (const [name, job] of Object.entries(system.jobs)) {
    built.jobs[name] = new OneOffJob(name, plain(job), links(job, name), options);
  }
  for (const [name, service] of Object.entries(system.services)) {
    const routed = edge && system.edge && name in system.edge.backends;
    built.services[name] = new ContainerService(
      name,
      plain(service),
      { ...links(service, name), ...(routed ? { edge } : {}) },
      options,
    );
  }
  for (const [name, { after, ...host }] of Object.entries(system.hosts ?? {})) {
    const routed = edge && system.edge && name in system.edge.backends;
    const names = Object.values(host.containers).flatMap((each) =>
      Object.values(each.secrets ?? {}),
    );
    built.hosts[name] = new DockerHost(
      name,
      host,
      {
        network,
        images: pick(built.images, imagesOf(host)),
        secrets: refs(names, secrets),
        after: completed(built, after),
        ...(routed ? { edge } : {}),
      },
      options,
    );
  }
  const backends = Object.keys(system.edge?.backends ?? {});
  edge?.connect({
    services: pick(
      built.services,
      backends.filter((name) => name in built.services),
    ),
    hosts: pick(
      built.hosts,
      backends.filter((name) => name in built.hosts),
    ),
  });
  if (system.auditLogs) {
    const { auditLogs: spec } = system;
    const { archive } = spec;
    const token = spec.siem?.kind === "splunk" ? secrets.ref(spec.siem.token) : undefined;
    new LogArchive(
      "audit-logs",
      spec,
      {
        ...built,
        ...(archive === undefined ? {} : { archive: entry(built.archives, archive) }),
        ...(token ? { token } : {}),
      },
      options,
    );
  }
  for (const [name, job] of Object.entries(system.checks ?? {})) {
    const deployed = [...Object.values(built.services), ...Object.values(built.hosts)];
    const after = [...completed(built, job.after), ...deployed, ...(edge ? [edge] : [])];
    // What has been deployed is part of the job, so that it runs again for every change of it.
    const DEPLOYED = pulumi
      .all(deployed.map(({ revision }) => revision))
      .apply((all) => all.join());
    const env = { ...links(job).env, DEPLOYED };
    built.jobs[name] = new OneOffJob(name, plain(job), { ...links(job), env, after }, options);
  }
  const watched = { ...built.bootstraps, ...built.jobs };
  new Alarms("alarms", system.alarms, { ...built, edge, jobs: watched }, options);

  return {
    cloud: platform.cloud,
    system: system.name,
    ...(edge ? { address: edge.address, dnsRecords: edge.dnsRecords } : {}),
    images: mapEntries(built.images, (_name, image) => image.reference),
    repositories: mapEntries(built.images, (_name, image) => image.repositoryUrl ?? "not ours"),
    revisions: mapEntries({ ...built.services, ...built.hosts }, (_name, each) => each.revision),
    ...(system.buildArgs ? { buildArgs: system.buildArgs } : {}),
    ...(system.exceptions ? { exceptions: system.exceptions } : {}),
    ...system.outputs,
  };
}

/** The passwords of one database's logins. */
interface LoginPasswords {
  readonly owner: pulumi.Output<string>;
  readonly roles: Record<string, pulumi.Output<string>>;
}

/** One password per login of a database: letters and digits, so that it can stand in a URL. */
function loginPasswords(
  system: SystemSpec,
  parent: pulumi.ComponentResource,
): Record<string, LoginPasswords> {
  const password = (name: string): pulumi.Output<string> =>
    pulumi.secret(new RandomBytes(`${name}-password`, { length: 24 }, { parent }).hex);
  return mapEntries(system.postgres, (name, { roles = [] }) => ({
    owner: password(`${name}-owner`),
    roles: Object.fromEntries(roles.map((role) => [role, password(`${name}-${role}`)])),
  }));
}

function connectionsOf(
  system: SystemSpec,
  built: Built,
  logins: Record<string, LoginPasswords>,
): Connections {
  return {
    postgres: mapEntries(system.postgres, (name, { owner }) => {
      const { host, port, database, caPem } = entry(built.postgres, name);
      const { owner: password, roles } = entry(logins, name);
      return { host, port, database, caPem, user: owner, password, roles };
    }),
    redis: built.redis,
    archives: built.archives,
    ...(built.edge ? { edge: built.edge } : {}),
    get services() {
      return mapEntries(built.services, (_name, service) => internalAddress(service));
    },
    get hosts() {
      return mapEntries(built.hosts, (_name, host) => internalAddress(host));
    },
  };
}

function internalAddress({ internalHost, endpoint }: ContainerService | DockerHost) {
  return { host: internalHost, port: endpoint.port };
}

/** The system's secrets, and those that each database's bootstrap job reads. */
function bundle(
  system: SystemSpec,
  built: Built,
  connections: Connections,
  logins: Record<string, LoginPasswords>,
  options: { platform: Platform; parent: pulumi.ComponentResource },
): SecretBundle {
  const entries: Record<string, SecretSource> = {};
  const values: Record<string, pulumi.Input<string>> = {};
  const give = (name: string, value: pulumi.Input<string>): void => {
    entries[name] = { kind: "value" };
    values[name] = pulumi.secret(value);
  };
  for (const [name, description] of Object.entries(system.secrets)) {
    if (description.kind === "value") give(name, description.value(connections));
    else entries[name] = description;
  }
  for (const [name, server] of Object.entries(built.postgres)) {
    give(adminPasswordSecret(name), server.adminPassword);
    const { owner, roles } = entry(logins, name);
    give(ownerPasswordSecret(name), owner);
    for (const [role, password] of Object.entries(roles)) {
      give(rolePasswordSecret(name, role), password);
    }
  }
  return new SecretBundle("secrets", { entries, values }, options);
}

function secretsOf(spec: WorkloadSpec, secrets: SecretBundle): WorkloadLinks["secrets"] {
  return refs(Object.values(spec.secrets ?? {}), secrets);
}

function refs(names: readonly string[], secrets: SecretBundle): WorkloadLinks["secrets"] {
  return Object.fromEntries([...new Set(names)].map((name) => [name, secrets.ref(name)]));
}

/** Where the logs of a named part go to, if they are audit logs. */
function siemOf({ auditLogs }: SystemSpec, name: string | undefined): Pick<WorkloadLinks, "siem"> {
  const { sources = [], siem } = auditLogs ?? {};
  return siem && name !== undefined && sources.includes(name) ? { siem } : {};
}

/** What must have ended with success first: every database's bootstrap, and the named jobs. */
function completed(built: Built, after: readonly string[] = []): pulumi.Resource[] {
  return [...Object.values(built.bootstraps), ...after.map((name) => entry(built.jobs, name))].map(
    (job) => job.completed,
  );
}

function imagesOf({ containers, preload, backup }: DockerHostSpec): string[] {
  const run = Object.values(containers).map(({ image }) => image);
  return [...new Set([...run, ...Object.keys(preload ?? {}), backup.image])];
}

function pick<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, entry(record, name)]));
}

function endpoint(built: Built, name: string): Endpoint {
  if (name === "edge") {
    if (!built.edge?.endpoint) throw new Error("only a private edge can be called from inside");
    return built.edge.endpoint;
  }
  const { postgres, redis, services, hosts } = built;
  return entry({ ...postgres, ...redis, ...services, ...hosts }, name).endpoint;
}

/** A described workload without its names: the plain data of the component. */
function plain<D extends WorkloadDescription>(description: D): Omit<D, keyof WorkloadDescription> {
  const { image: _i, uses: _u, after: _a, links: _l, ...spec } = description;
  return spec;
}

function mapEntries<A, B>(
  record: Readonly<Record<string, A>>,
  make: (name: string, value: A) => B,
): Record<string, B> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, make(name, value)]),
  );
}

/** `check` has made sure that the entry exists. */
function entry<T>(record: Readonly<Record<string, T>>, name: string): T {
  const found = record[name];
  if (found === undefined) throw new Error(`"${name}" is not described, or only later`);
  return found;
}

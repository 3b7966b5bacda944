import * as pulumi from "@pulumi/pulumi";
import { RandomBytes } from "@pulumi/random/randomBytes";
import { Alarms } from "./alarms";
import type { Endpoint } from "./attachment";
import { checkSystem } from "./check";
import { ContainerService } from "./container-service";
import { HttpsEdge } from "./https-edge";
import { Image } from "./image";
import { ManagedPostgres } from "./managed-postgres";
import { OneOffJob } from "./one-off-job";
import type { Platform } from "./platform";
import { adminPasswordSecret, bootstrapJob, ownerPasswordSecret } from "./postgres-bootstrap";
import { PrivateNetwork } from "./private-network";
import { PrivateRedis } from "./private-redis";
import { SecretBundle, type SecretSource } from "./secret-bundle";
import type { Connections, SystemSpec, WorkloadDescription } from "./system";
import type { WorkloadLinks, WorkloadSpec } from "./workload";

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
  readonly images: Record<string, Image>;
  readonly bootstraps: Record<string, OneOffJob>;
  readonly jobs: Record<string, OneOffJob>;
  readonly services: Record<string, ContainerService>;
}

/**
 * Deploys a described system: network, stores, secrets, images, edge, jobs, services, routes,
 * alarms. Throws `InvalidInput` with everything that is wrong before the first resource.
 */
export function deploy(
  platform: Platform,
  system: SystemSpec,
): Record<string, pulumi.Input<unknown>> {
  checkSystem(platform, system);
  const parent = new System(system.name);
  const options = { platform, parent };
  const network = new PrivateNetwork("network", system.network, options);
  const built: Built = {
    network,
    postgres: mapEntries(system.postgres, (name, { owner: _o, client: _c, ...spec }) => {
      return new ManagedPostgres(name, { ...spec, network }, options);
    }),
    redis: mapEntries(system.redis, (name, spec) => {
      return new PrivateRedis(name, { ...spec, network }, options);
    }),
    images: mapEntries(system.images, (name, spec) => new Image(`${name}-image`, spec, options)),
    bootstraps: {},
    jobs: {},
    services: {},
  };
  const edge = system.edge && new HttpsEdge("edge", { ...system.edge, network }, options);

  const owners = ownerPasswords(system, parent);
  const connections = connectionsOf(system, built, owners);
  const secrets = bundle(system, built, connections, owners, options);
  const links = (description: WorkloadDescription & WorkloadSpec): WorkloadLinks => ({
    network,
    image: entry(built.images, description.image),
    uses: description.uses.map((name) => endpoint(built, name)),
    secrets: secretsOf(description, secrets),
    env: description.links?.(connections) ?? {},
    after: [
      ...Object.values(built.bootstraps),
      ...(description.after ?? []).map((name) => entry(built.jobs, name)),
    ].map((job) => job.completed),
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
    built.jobs[name] = new OneOffJob(name, plain(job), links(job), options);
  }
  for (const [name, service] of Object.entries(system.services)) {
    const routed = edge && system.edge && name in system.edge.backends;
    built.services[name] = new ContainerService(
      name,
      plain(service),
      { ...links(service), ...(routed ? { edge } : {}) },
      options,
    );
  }
  edge?.connect(
    Object.fromEntries(
      Object.keys(system.edge?.backends ?? {}).map((name) => [name, entry(built.services, name)]),
    ),
  );
  const watched = { ...built.bootstraps, ...built.jobs };
  new Alarms(
    "alarms",
    system.alarms,
    { ...built, jobs: watched, ...(edge ? { edge } : {}) },
    options,
  );

  return {
    cloud: platform.cloud,
    system: system.name,
    ...(edge ? { address: edge.address, dnsRecords: edge.dnsRecords } : {}),
    images: mapEntries(built.images, (_name, image) => image.reference),
    repositories: mapEntries(built.images, (_name, image) => image.repositoryUrl ?? "not ours"),
    revisions: mapEntries(built.services, (_name, service) => service.revision),
    ...system.outputs,
  };
}

/** One password per database owner: letters and digits, so that it can stand in a URL. */
function ownerPasswords(
  system: SystemSpec,
  parent: pulumi.ComponentResource,
): Record<string, pulumi.Output<string>> {
  return mapEntries(system.postgres, (name) => {
    const bytes = new RandomBytes(`${name}-owner-password`, { length: 24 }, { parent });
    return pulumi.secret(bytes.hex);
  });
}

function connectionsOf(
  system: SystemSpec,
  built: Built,
  owners: Record<string, pulumi.Output<string>>,
): Connections {
  return {
    postgres: mapEntries(system.postgres, (name, { owner }) => {
      const { host, port, database, caPem } = entry(built.postgres, name);
      return { host, port, database, caPem, user: owner, password: entry(owners, name) };
    }),
    redis: built.redis,
    get services() {
      return mapEntries(built.services, (_name, { internalHost, endpoint: { port } }) => {
        return { host: internalHost, port };
      });
    },
  };
}

/** The system's secrets, and the two that each database's bootstrap job reads. */
function bundle(
  system: SystemSpec,
  built: Built,
  connections: Connections,
  owners: Record<string, pulumi.Output<string>>,
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
    give(ownerPasswordSecret(name), entry(owners, name));
  }
  return new SecretBundle("secrets", { entries, values }, options);
}

function secretsOf(spec: WorkloadSpec, secrets: SecretBundle): WorkloadLinks["secrets"] {
  const names = [...new Set(Object.values(spec.secrets ?? {}))];
  return Object.fromEntries(names.map((name) => [name, secrets.ref(name)]));
}

function endpoint(built: Built, name: string): Endpoint {
  return entry({ ...built.postgres, ...built.redis, ...built.services }, name).endpoint;
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

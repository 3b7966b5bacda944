import * as pulumi from "@pulumi/pulumi";
import { ServiceIamMember } from "@pulumi/gcp/cloudrunv2";
import type { Endpoint } from "../../components/attachment";
import type { BuildRequest } from "../../components/builder";
import { fit } from "../../components/naming";
import type { WorkloadLinks } from "../../components/workload";
import {
  gcp,
  type AddressAttachment,
  type FilesAttachment,
  type ImageAttachment,
  type NetworkAttachment,
  type SecretAttachment,
  type ServiceAttachment,
  type StoreAttachment,
} from "./attachments";
import { grantBucket } from "./buckets";
import type { Call } from "./calls";
import { HTTPS_TAG, openStore, openTo } from "./firewall";
import { foundation } from "./foundation";
import { grantSecret, memberOf, workloadIdentity, type Identity } from "./identity";
import { plain } from "./names";
import { storeSecret } from "./secret-bundle";
import { settings } from "./settings";
import type { ResolvedWorkload } from "./workload-spec";

type Request = BuildRequest<ResolvedWorkload, WorkloadLinks>;

/** What a service's and a job's template have in common; the SDK's types for both fit it. */
export interface WorkloadTemplate {
  readonly identity: Identity;
  readonly container: {
    image: pulumi.Output<string>;
    commands?: string[];
    args?: string[];
    envs: {
      name: string;
      value?: pulumi.Input<string>;
      valueSource?: {
        secretKeyRef: { secret: pulumi.Output<string>; version: pulumi.Output<string> };
      };
    }[];
    volumeMounts: { name: string; mountPath: string }[];
  };
  readonly limits: { cpu: string; memory: string };
  readonly volumes: {
    name: string;
    secret?: {
      secret: pulumi.Output<string>;
      defaultMode: number;
      items: { path: string; version: pulumi.Output<string>; mode: number }[];
    };
    gcs?: { bucket: pulumi.Output<string>; readOnly: boolean; mountOptions: string[] };
  }[];
  readonly vpcAccess: {
    egress: string;
    networkInterfaces: {
      network: pulumi.Output<string>;
      subnetwork: pulumi.Output<string>;
      tags: string[];
    }[];
  };
  readonly annotations: Record<string, string>;
  /** Services that it calls, as somebody. */
  readonly calls: readonly Call[];
  /** Grants, secret versions, firewall rules, jobs: all of it before the first start. */
  readonly dependsOn: pulumi.Resource[];
}

const CA_FOLDER = "/etc/portolan";
const CA_FILE = "ca.pem";
/** Read by whoever the image runs as; nobody can write to a secret volume. */
const WORLD_READABLE = 0o444;

export function workloadTemplate(request: Request): WorkloadTemplate {
  const { name, spec, links } = request;
  const network = gcp<NetworkAttachment>(links.network.attachment);
  if (spec.opensHttps && !network.hasOutbound) {
    throw new pulumi.RunError(
      `${name}.egress: https is asked for, but the network has no way out; ` +
        "set network.outbound to single",
    );
  }
  const tag = fit(plain(name), 63);
  const identity = workloadIdentity(request);
  const image = gcp<ImageAttachment>(links.image.attachment);
  const secrets = readSecrets(request, identity);
  const authority = mountAuthority(request, identity);
  const opened = links.uses.flatMap((endpoint) => open(request, network, tag, endpoint, identity));
  for (const { cidr, port } of spec.egressTo) {
    const role = plain(`${cidr}-${port}`);
    const description = `${name} uses ${cidr}`;
    opened.push(openTo(request, network.network, tag, { role, range: cidr, port, description }));
  }
  const files = mountFiles(request, identity);
  const [program, ...args] = spec.command ?? [];
  return {
    identity,
    container: {
      image: links.image.reference,
      ...(program === undefined ? {} : { commands: [program], args }),
      envs: [
        ...Object.entries({ ...spec.env, ...links.env }).map(([key, value]) => {
          return { name: key, value };
        }),
        ...secrets.envs,
        ...authority.envs,
      ],
      volumeMounts: [...authority.volumeMounts, ...files.volumeMounts],
    },
    limits: { cpu: `${spec.size.cpu}`, memory: `${spec.size.memoryMiB}Mi` },
    volumes: [...authority.volumes, ...files.volumes],
    vpcAccess: {
      // Everything goes through the network, so that its firewall sees everything.
      egress: "ALL_TRAFFIC",
      networkInterfaces: [
        {
          network: network.network.id,
          subnetwork: network.subnetwork.id,
          tags: spec.opensHttps ? [tag, HTTPS_TAG] : [tag],
        },
      ],
    },
    annotations: {
      "portolan.dev/run-as-user": `${spec.uid}`,
      "portolan.dev/run-as-group": `${spec.gid}`,
    },
    calls: links.uses.flatMap(({ name: callee, attachment }) => {
      const target = gcp<StoreAttachment | ServiceAttachment>(attachment);
      return target.kind === "service" && target.checksInvoker
        ? [{ name: callee, uri: target.uri }]
        : [];
    }),
    dependsOn: [
      foundation(request).apis.run,
      identity.account,
      ...network.ready,
      ...image.ready,
      ...secrets.ready,
      ...authority.ready,
      ...files.ready,
      ...opened,
      ...links.after,
    ],
  };
}

/** References to the secrets it names, and the grants to read them. */
function readSecrets(
  request: Request,
  identity: Identity,
): { envs: WorkloadTemplate["container"]["envs"]; ready: pulumi.Resource[] } {
  const { spec, links } = request;
  const ready = Object.entries(links.secrets).flatMap(([secretName, ref]) => {
    const secret = gcp<SecretAttachment>(ref.attachment);
    return [...secret.ready, grantSecret(request, secretName, secret, identity)];
  });
  const envs = Object.entries(spec.secrets).map(([variable, secretName]) => {
    const ref = links.secrets[secretName];
    if (!ref) throw new Error(`there is no secret "${secretName}" for ${variable}`);
    const { secret, version } = gcp<SecretAttachment>(ref.attachment);
    return { name: variable, valueSource: { secretKeyRef: { secret, version } } };
  });
  return { envs, ready };
}

/** Cloud Run makes files out of secrets only, so the stores' authorities become one. */
function mountAuthority(
  request: Request,
  identity: Identity,
): Pick<WorkloadTemplate, "volumes"> &
  Pick<WorkloadTemplate["container"], "envs" | "volumeMounts"> & { ready: pulumi.Resource[] } {
  const { name, spec, links } = request;
  const stores = links.uses.map(({ attachment }) => gcp<StoreAttachment>(attachment));
  const authorities = stores.filter(({ kind }) => kind === "store").map(({ caPem }) => caPem);
  if (spec.caFileVariable === undefined || authorities.length === 0) {
    return { volumes: [], envs: [], volumeMounts: [], ready: [] };
  }
  const pem = pulumi.all(authorities).apply((all) => all.join("\n"));
  const secret = storeSecret(request, "ca", pem, { id: `${name}-ca` });
  const grant = grantSecret(request, "ca", secret, identity);
  return {
    volumes: [
      {
        name: "ca",
        secret: {
          secret: secret.secret,
          defaultMode: WORLD_READABLE,
          items: [{ path: CA_FILE, version: secret.version, mode: WORLD_READABLE }],
        },
      },
    ],
    envs: [{ name: spec.caFileVariable, value: `${CA_FOLDER}/${CA_FILE}` }],
    volumeMounts: [{ name: "ca", mountPath: CA_FOLDER }],
    ready: [...secret.ready, grant],
  };
}

/** Buckets as folders. The identity may read, write and delete their objects, and not the buckets. */
function mountFiles(
  request: Request,
  identity: Identity,
): Pick<WorkloadTemplate, "volumes"> &
  Pick<WorkloadTemplate["container"], "volumeMounts"> & { ready: pulumi.Resource[] } {
  const { name, spec, links } = request;
  const mounted = Object.entries(links.files).map(([key, { attachment }]) => {
    const { bucket, mountOptions } = gcp<FilesAttachment>(attachment);
    const grant = grantBucket(
      request,
      `uses-${key}`,
      bucket,
      { role: "roles/storage.objectUser", member: memberOf(identity) },
      { dependsOn: [identity.account] },
    );
    const gcs = { bucket, readOnly: false, mountOptions: [...mountOptions] };
    return { volume: { name: key, gcs }, grant };
  });
  for (const file of Object.values(spec.mounts)) {
    if (!links.files[file]) throw new Error(`there are no files "${file}" for ${name}`);
  }
  return {
    volumes: mounted.map(({ volume }) => volume),
    volumeMounts: Object.entries(spec.mounts).map(([mountPath, file]) => {
      return { name: file, mountPath };
    }),
    ready: mounted.map(({ grant }) => grant),
  };
}

/** Opens the way to one store, or lets the workload call one service. */
function open(
  request: Request,
  network: NetworkAttachment,
  tag: string,
  endpoint: Endpoint,
  identity: Identity,
): pulumi.Resource[] {
  const { name, parent } = request;
  const target = gcp<StoreAttachment | ServiceAttachment | AddressAttachment>(endpoint.attachment);
  if (target.kind !== "service") {
    return [...target.ready, openStore(request, network, tag, endpoint, target)];
  }
  if (!target.checksInvoker) return [];
  const { project, region } = settings();
  return [
    new ServiceIamMember(
      `${name}-calls-${endpoint.name}`,
      {
        project,
        location: region,
        name: target.serviceName,
        role: "roles/run.invoker",
        member: memberOf(identity),
      },
      { parent, dependsOn: [identity.account] },
    ),
  ];
}

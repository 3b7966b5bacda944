import { CloudError } from "../lib/table";
import type { PackageTable, Place } from "../lib/table";
import type { Plain } from "../lib/values";

const REGION = /^[a-z]+-[a-z]+[0-9]+/;

/** The simulated Google Cloud. */
export const provider: PackageTable = {
  name: "gcp",
  services: {
    artifactregistry: () => import("./artifactregistry"),
    certificatemanager: () => import("./certificatemanager"),
    cloudfunctionsv2: () => import("./cloudfunctionsv2"),
    cloudrunv2: () => import("./cloudrunv2"),
    compute: () => import("./compute"),
    container: () => import("./container"),
    dns: () => import("./dns"),
    iam: () => import("./iam"),
    kms: () => import("./kms"),
    logging: () => import("./logging"),
    monitoring: () => import("./monitoring"),
    organizations: () => import("./organizations"),
    projects: () => import("./projects"),
    pubsub: () => import("./pubsub"),
    redis: () => import("./redis"),
    secretmanager: () => import("./secretmanager"),
    serviceaccount: () => import("./serviceaccount"),
    servicenetworking: () => import("./servicenetworking"),
    sql: () => import("./sql"),
    storage: () => import("./storage"),
    vpcaccess: () => import("./vpcaccess"),
  },
  place,
  scopes: { region: ["project", "region"], account: ["project"], global: [] },
  common: { project: "{project}" },
  replaceOn: ["project"],
  ambient,
};

/** A resource's own project and place win over the provider's. */
function place(config: Record<string, Plain>, inputs: Plain): Place {
  const env = process.env;
  const project =
    inputs.project ?? config.project ?? env.GOOGLE_PROJECT ?? env.GOOGLE_CLOUD_PROJECT;
  if (typeof project !== "string") {
    throw new CloudError(
      "project: required field is not set; set it with `pulumi config set gcp:project my-project`",
    );
  }
  const own = inputs.region ?? inputs.location ?? regionOf(inputs.zone);
  const region = own ?? config.region ?? env.GOOGLE_REGION ?? "us-central1";
  const zone = inputs.zone ?? config.zone ?? `${region}-a`;
  return { project, region, zone, number: projectNumber(project) };
}

function regionOf(zone: Plain): string | undefined {
  return typeof zone === "string" ? REGION.exec(zone)?.[0] : undefined;
}

/** A project's number is not to be guessed from its name; here it is, so that it stays the same. */
function projectNumber(project: string): string {
  let number = 7;
  for (const character of project)
    number = (number * 31 + character.charCodeAt(0)) % 899_999_999_999;
  return String(100_000_000_000 + number);
}

/** Zones of DNS and the default network exist although no program of this sandbox made them. */
function ambient(type: string, value: string): boolean {
  if (type === "gcp:dns/managedZone:ManagedZone") return true;
  if (type === "gcp:compute/network:Network") return /(^|\/)default$/.test(value);
  if (type === "gcp:compute/subnetwork:Subnetwork") return /(^|\/)default$/.test(value);
  return false;
}

import type { ContainerApp, ManagedEnvironment } from "@pulumi/azure-native/app";
import type { AFDCustomDomain, AFDEndpoint, Profile } from "@pulumi/azure-native/cdn";
import type { Registry } from "@pulumi/azure-native/containerregistry";
import type { Server } from "@pulumi/azure-native/dbforpostgresql";
import type { Secret, Vault } from "@pulumi/azure-native/keyvault";
import type {
  ApplicationGateway,
  NatGateway,
  Subnet,
  VirtualNetwork,
} from "@pulumi/azure-native/network";
import type { Workspace } from "@pulumi/azure-native/operationalinsights";
import type { RedisEnterprise } from "@pulumi/azure-native/redisenterprise";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type { StorageAccount } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import { attachmentOf, type Attachment } from "../../components/attachment";
import type { Backend } from "../../components/https-edge";
import type { ruleSets } from "./edge-rules";
import type { Gathered, Opening } from "./gathered";
import type { Layout } from "./network-layout";
import type { RunnerRole } from "./roles";

interface AzureAttachment extends Attachment {
  readonly cloud: "azure";
}

/** What everything inside the network builds on. */
export interface NetworkAttachment extends AzureAttachment {
  /** Parent of what others add to the network: private endpoints and their zones. */
  readonly component: pulumi.ComponentResource;
  readonly group: ResourceGroup;
  readonly vnet: VirtualNetwork;
  /** Holds every container of the stack: the network cannot tell them apart. */
  readonly appsSubnet: Subnet;
  readonly postgresSubnet: Subnet;
  readonly endpointsSubnet: Subnet;
  /** The way out, where there is one. */
  readonly natGateway?: NatGateway;
  readonly environment: ManagedEnvironment;
  /** Logs of the containers and of the platform about them. */
  readonly workspace: Workspace;
  readonly gathered: Gathered;
  readonly layout: Layout;
  readonly zoneRedundant: boolean;
  readonly outbound: "none" | "single" | "zonal";
  /** May start this stack's jobs; assigned per job. */
  readonly jobRunner: RunnerRole;
}

export interface PostgresAttachment extends AzureAttachment {
  readonly server: Server;
  /** Last child of the server: who uses the database waits for it. */
  readonly ready: pulumi.Resource;
  /** Connections the server admits, for the alarm that counts them in percent. */
  readonly maxConnections: number;
  /** Where its log is. */
  readonly workspace: Workspace;
}

export interface RedisAttachment extends AzureAttachment {
  readonly cluster: RedisEnterprise;
  /** The private endpoint's DNS record. */
  readonly ready: pulumi.Resource;
}

/** A file share, as the environment of the containers knows it. */
export interface FilesAttachment extends AzureAttachment {
  readonly storageName: string;
  /** Owner and rights of all files: SMB has none of its own. */
  readonly mountOptions: string;
  /** What a container that mounts it waits for: the name is a plain text. */
  readonly ready: readonly pulumi.Resource[];
}

export interface ArchiveAttachment extends AzureAttachment {
  readonly account: StorageAccount;
  /** The policies that keep what is written: who writes waits for them. */
  readonly ready: readonly pulumi.Resource[];
}

export interface SecretAttachment extends AzureAttachment {
  /** Undefined for a secret that existed before. */
  readonly secret?: Secret;
  readonly vault?: Vault;
  /** ARM id, the scope of the role assignment. */
  readonly scope: pulumi.Output<string>;
  /** Address without a version: a new version is picked up within half an hour. */
  readonly url: pulumi.Output<string>;
}

export interface ImageAttachment extends AzureAttachment {
  /** The stack's registry; undefined where images are pulled from somebody else's. */
  readonly registry?: Registry;
  /** Who pulls it waits for this. */
  readonly ready?: pulumi.Resource;
}

export interface ServiceAttachment extends AzureAttachment {
  readonly app: ContainerApp;
  /** Physical name: log queries filter by it. */
  readonly appName: string;
  /** Where its logs are. */
  readonly workspaceId: pulumi.Output<string>;
  /** Host name that the environment's ingress knows the app by. */
  readonly fqdn: pulumi.Output<string>;
}

export interface HostAttachment extends AzureAttachment {
  /** Name that the machine gives itself: log queries filter by it. */
  readonly computer: string;
  readonly workspace: Workspace;
  /** Who calls it waits for the end of its release, and needs this way opened. */
  readonly ready: readonly pulumi.Resource[];
  readonly reach: Opening;
}

export interface JobAttachment extends AzureAttachment {
  readonly jobName: string;
  readonly workspace: Workspace;
}

interface AnyEdge extends AzureAttachment {
  /** Where its access log is. */
  readonly workspace: Workspace;
  /** Names it answers to. */
  readonly hosts: readonly string[];
  readonly backends: Readonly<Record<string, Backend>>;
  /** Query for the requests of these backends, with the columns Status and Seconds. */
  requests(backends: readonly string[]): string;
}

export interface FrontDoorAttachment extends AnyEdge {
  readonly kind: "front-door";
  readonly profile: Profile;
  readonly endpoint: AFDEndpoint;
  /** Custom domains by host name. */
  readonly domains: Readonly<Record<string, AFDCustomDomain>>;
  /** Headers of all routes and of the routes of one backend; a route must not go live before them. */
  readonly rules: ReturnType<typeof ruleSets>;
}

export interface GatewayAttachment extends AnyEdge {
  readonly kind: "gateway";
  readonly gateway: ApplicationGateway;
  /** Who calls it from inside waits for these, and needs this way opened. */
  readonly ready: readonly pulumi.Resource[];
  readonly reach: Opening;
}

export type EdgeAttachment = FrontDoorAttachment | GatewayAttachment;

/** Reads an attachment as Azure's own; another cloud's is a program error. */
export function azure<A extends AzureAttachment>(attachment: Attachment): A {
  return attachmentOf<A>(attachment, "azure");
}

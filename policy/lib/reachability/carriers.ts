import type { Graph } from "../graph/graph";
import type { Resource } from "../resource";
import type { Told } from "./model";

/** A resource that passes a value on to whoever may read it. */
interface Carrier {
  /** Properties with the value itself. */
  readonly content: readonly string[];
  /** Resources with its versions: their type, and the property that names this one. */
  readonly versions?: { readonly type: string; readonly of: string };
}

const AWS_VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
const GCP_VERSION = "gcp:secretmanager/secretVersion:SecretVersion";
const CONTAINER = "docker:index/container:Container";

const CARRIERS: Readonly<Record<string, Carrier>> = {
  "aws:secretsmanager/secret:Secret": {
    content: [],
    versions: { type: AWS_VERSION, of: "secretId" },
  },
  [AWS_VERSION]: { content: ["secretString", "secretBinary"] },
  "aws:ssm/parameter:Parameter": { content: ["value", "insecureValue"] },
  "azure-native:keyvault:Secret": { content: ["properties"] },
  "gcp:secretmanager/secret:Secret": { content: [], versions: { type: GCP_VERSION, of: "secret" } },
  [GCP_VERSION]: { content: ["secretData"] },
  "docker:index/secret:Secret": { content: ["data"] },
  "docker:index/serviceConfig:ServiceConfig": { content: ["data"] },
  // A container that is never started carries files into a volume; its uploads are what the volume holds.
  "docker:index/volume:Volume": { content: [], versions: { type: CONTAINER, of: "volumes" } },
};

/** True for a resource that passes values on. */
export function isCarrier(resource: Resource): boolean {
  return CARRIERS[resource.type] !== undefined;
}

/** The values a carrier passes on. */
export function carriedBy(graph: Graph, resource: Resource): Told[] {
  const carrier = CARRIERS[resource.type];
  if (carrier === undefined) return [];
  const own = carrier.content.map((path) => ({ resource, value: resource.at(path) }));
  if (carrier.versions === undefined) return own;
  const { type, of } = carrier.versions;
  const versions = graph
    .referrers(resource, type)
    .filter((version) =>
      graph.links(version, version.at(of), [resource.type]).resources.includes(resource),
    );
  return [...own, ...versions.flatMap((version) => contentOf(version))];
}

function contentOf(version: Resource): Told[] {
  const content =
    version.type === CONTAINER ? ["uploads"] : (CARRIERS[version.type]?.content ?? []);
  return content.map((path) => ({ resource: version, value: version.at(path) }));
}

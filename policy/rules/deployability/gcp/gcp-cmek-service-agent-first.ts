import { ofEach } from "../../../lib/deployability/each";
import { mayGive } from "../../../lib/deployability/gcp/grants";
import { linked } from "../../../lib/deployability/gcp/named";
import {
  BUCKET,
  KEY,
  KEY_BINDING,
  KEY_MEMBER,
  KEY_RING,
  PROJECT_BINDING,
  PROJECT_MEMBER,
  REDIS,
  REPOSITORY,
  RUN_JOB,
  RUN_SERVICE,
  SECRET,
  SQL,
} from "../../../lib/deployability/gcp/types";
import { valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

const RING_MEMBER = "gcp:kms/keyRingIAMMember:KeyRingIAMMember";
const USERS = [
  "roles/cloudkms.cryptoKeyEncrypterDecrypter",
  "roles/cloudkms.cryptoKeyEncrypterDecrypterViaDelegation",
  "roles/owner",
];

/** What takes a key, by the paths of the key and the place. */
const KEYED: Readonly<
  Record<string, { readonly keys: readonly string[]; readonly place?: string }>
> = {
  [SQL]: { keys: ["encryptionKeyName"], place: "region" },
  [REDIS]: { keys: ["customerManagedKey"], place: "region" },
  [REPOSITORY]: { keys: ["kmsKeyName"], place: "location" },
  [BUCKET]: { keys: ["encryption.defaultKmsKeyName"], place: "location" },
  [SECRET]: {
    keys: [
      "replication.auto.customerManagedEncryption.kmsKeyName",
      "replication.userManaged.replicas[].customerManagedEncryption.kmsKeyName",
    ],
  },
  [RUN_SERVICE]: { keys: ["template.encryptionKey"], place: "location" },
  [RUN_JOB]: { keys: ["template.template.encryptionKey"], place: "location" },
  "gcp:pubsub/topic:Topic": { keys: ["kmsKeyName"] },
  "gcp:alloydb/cluster:Cluster": { keys: ["encryptionConfig.kmsKeyName"], place: "location" },
};

export const rule = deployability({
  id: "gcp-cmek-service-agent-first",
  title: "What is encrypted with an own key waits until Google's agent may use the key",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400/403: The Cloud KMS key cannot be accessed, or the service account of the product does not exist.",
  },
  fix: "Make the agent with a ServiceIdentity, grant it roles/cloudkms.cryptoKeyEncrypterDecrypter on the key, and depend on the grant; take a key ring in the same location.",
  source: "https://cloud.google.com/sql/docs/postgres/configure-cmek",
  checkStack: ofEach(Object.keys(KEYED), (user, graph) =>
    (KEYED[user.type]?.keys ?? [])
      .flatMap((path) => valuesAt(user.props, path))
      .flatMap((at) => check(graph, user, at)),
  ),
});

function check(graph: Graph, user: Resource, at: Value): Report[] {
  const { resource: key, open } = linked(graph, user, at, KEY);
  if (key === undefined) return at.text === "" ? [] : [...open];
  const grants = grantsOn(graph, key);
  const before = graph.closure(user);
  if (grants.some((grant) => before.has(grant))) return checkPlace(graph, user, key, at);
  const [later] = grants;
  return [
    later === undefined
      ? violation(at, `nothing in the plan lets Google's agent use ${key.name}`)
      : violation(at, `nothing makes it wait for ${later.name}, the agent's access to ${key.name}`),
  ];
}

function grantsOn(graph: Graph, key: Resource): Resource[] {
  const ring = linked(graph, key, key.at("keyRing"), KEY_RING).resource;
  return [
    ...graph
      .ofType(KEY_MEMBER, KEY_BINDING)
      .filter((grant) => linked(graph, grant, grant.at("cryptoKeyId"), KEY).resource === key),
    ...graph
      .ofType(RING_MEMBER)
      .filter(
        (grant) =>
          ring !== undefined &&
          linked(graph, grant, grant.at("keyRingId"), KEY_RING).resource === ring,
      ),
    ...graph.ofType(PROJECT_MEMBER, PROJECT_BINDING).filter((grant) => grant.at("role").present),
  ].filter((grant) => mayGive(grant, USERS));
}

function checkPlace(graph: Graph, user: Resource, key: Resource, at: Value): Report[] {
  const path = KEYED[user.type]?.place;
  const ring = linked(graph, key, key.at("keyRing"), KEY_RING).resource;
  const [own, theirs] = [
    path === undefined ? undefined : user.at(path).text?.toLowerCase(),
    ring?.at("location").text?.toLowerCase(),
  ];
  return own === undefined || theirs === undefined || own === theirs
    ? []
    : [
        {
          ...violation(at, `${key.name} is in ${theirs}, and this is in ${own}`),
          answer: "400: The Cloud KMS key must be in the same location as the resource.",
        },
      ];
}

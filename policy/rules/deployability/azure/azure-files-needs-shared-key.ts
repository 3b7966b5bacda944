import { ofEach } from "../../../lib/deployability/each";
import { admitsSubnet, hasPrivateEndpoint } from "../../../lib/deployability/azure/firewalls";
import {
  ENVIRONMENT,
  ENVIRONMENT_STORAGE,
  STORAGE,
  SUBNET,
} from "../../../lib/deployability/azure/types";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "azure-files-needs-shared-key",
  title: "A file share of an environment lets the environment mount it",
  confidence: "medium",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "the replica does not start: mount error(13): Permission denied (or error 2, 115).",
  },
  fix: "For SMB leave allowSharedKeyAccess on and admit the environment's subnet or a private endpoint; for NFS use a Premium FileStorage account with enableHttpsTrafficOnly false.",
  source: "https://learn.microsoft.com/azure/container-apps/storage-mounts-azure-files",
  checkStack: ofEach([ENVIRONMENT_STORAGE], (storage, graph) => {
    const smb = storage.at("properties.azureFile");
    const nfs = storage.at("properties.nfsAzureFile");
    const name = smb.present ? smb.at("accountName") : nfs.at("server");
    if (smb.absent && nfs.absent) return [];
    const { resource: account, open } = target(graph, storage, name, STORAGE);
    if (account === undefined) return smb.present ? open : [];
    return [
      ...(smb.present ? checkKey(storage, account) : checkNfs(storage, account)),
      ...checkNetwork(graph, storage, account),
    ];
  }),
});

function checkKey(storage: Resource, account: Resource): Report[] {
  const allowed = account.at("allowSharedKeyAccess");
  if (allowed.unknown) return [undecided(allowed)];
  return allowed.boolean === false
    ? [
        violation(
          storage.at("properties.azureFile.accountName"),
          `shares are mounted with the account's key, which ${account.name} refuses (allowSharedKeyAccess false)`,
        ),
      ]
    : [];
}

function checkNfs(storage: Resource, account: Resource): Report[] {
  const at = storage.at("properties.nfsAzureFile");
  const https = account.at("enableHttpsTrafficOnly");
  const reports: Report[] = [];
  if (account.at("kind").text !== undefined && !account.at("kind").isWord("FileStorage"))
    reports.push(violation(at, `${account.name} is no FileStorage account, which NFS needs`));
  if (https.absent || https.boolean === true)
    reports.push(violation(at, `${account.name} takes HTTPS only, which NFS is not`));
  return reports;
}

function checkNetwork(graph: Graph, storage: Resource, account: Resource): Report[] {
  const at = storage.at("properties");
  const access = account.at("publicNetworkAccess");
  const action = account.at("networkRuleSet.defaultAction");
  const isClosed = access.isWord("Disabled");
  if (!isClosed && !action.isWord("Deny")) {
    const [unknown] = [access, action].filter((value) => value.unknown);
    return unknown === undefined ? [] : [undecided(unknown)];
  }
  if (hasPrivateEndpoint(graph, account)) return [];
  if (isClosed)
    return [violation(at, `${account.name} is closed to the network and has no private endpoint`)];
  const environment = target(graph, storage, storage.at("environmentName"), ENVIRONMENT).resource;
  const subnet =
    environment &&
    target(graph, environment, environment.at("vnetConfiguration.infrastructureSubnetId"), SUBNET)
      .resource;
  return admitsSubnet(graph, account, "networkRuleSet", subnet, "Microsoft.Storage").map(
    (message) => violation(at, message),
  );
}

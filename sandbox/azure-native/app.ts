import { rule as acrPullRoleFirst } from "../../policy/rules/deployability/azure/azure-acr-pull-role-first";
import { rule as subnetDelegation } from "../../policy/rules/deployability/azure/azure-cae-subnet-delegation";
import { rule as subnetSize } from "../../policy/rules/deployability/azure/azure-cae-subnet-size";
import { rule as storageFirst } from "../../policy/rules/deployability/azure/azure-cae-storage-first";
import { rule as cpuMemory } from "../../policy/rules/deployability/azure/azure-containerapp-cpu-memory";
import { rule as identityAttached } from "../../policy/rules/deployability/azure/azure-containerapp-identity-attached";
import { rule as vaultRoleFirst } from "../../policy/rules/deployability/azure/azure-containerapp-keyvault-role-first";
import { rule as workloadName } from "../../policy/rules/deployability/azure/azure-containerapp-name";
import { rule as secretRef } from "../../policy/rules/deployability/azure/azure-containerapp-secret-ref";
import type { CloudObject } from "../lib/store";
import type { Draft, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { firstRevision, readyRevision, updateApp } from "./app-revisions";
import { arm, child, named } from "./shared";

const APP = "azure-native:app:ContainerApp";
const ENVIRONMENT = "azure-native:app:ManagedEnvironment";

/** What the service refuses in an app or a job. */
const WORKLOAD_RULES = [
  cpuMemory,
  workloadName,
  secretRef,
  identityAttached,
  vaultRoleFirst,
  acrPullRoleFirst,
  storageFirst,
];

/** Host name of an app in its environment. */
function fqdn({ inputs, name, cloud }: Draft): string {
  const environment = cloud.find(ENVIRONMENT, inputs.environmentId);
  const domain = String(plain(environment?.outputs.defaultDomain) ?? "unknown");
  return `${name}${inputs.configuration?.ingress?.external === true ? "" : ".internal"}.${domain}`;
}

const revisionName = ({ name, inputs, hex }: Draft): string =>
  `${name}--${inputs.template?.revisionSuffix ?? hex(7)}`;

export const types: Record<string, TypeTable> = {
  [ENVIRONMENT]: arm({
    arm: "Microsoft.App/managedEnvironments",
    name: named("environmentName", 60),
    replaceOn: ["zoneRedundant", "vnetConfiguration", "infrastructureResourceGroup"],
    references: { "vnetConfiguration.infrastructureSubnetId": "azure-native:network:Subnet" },
    rules: [subnetSize, subnetDelegation],
    outputs: {
      defaultDomain: "kindsea-{hex:8}.{location}.azurecontainerapps.io",
      staticIp: "10.40.1.200",
      eventStreamEndpoint: "https://{location}.azurecontainerapps.dev{id}/eventstream",
      privateEndpointConnections: () => [],
    },
    quota: {
      most: 10,
      answer:
        "MaxNumberOfGlobalEnvironmentsInSubExceeded: The subscription cannot have more than 10 Container App Environments.",
    },
    inUse: "ManagedEnvironmentNotEmpty: the environment '{id}' still holds apps or jobs.",
    seconds: 300,
  }),
  [APP]: arm({
    arm: "Microsoft.App/containerApps",
    name: named("containerAppName", 32),
    replaceOn: ["environmentId", "managedEnvironmentId"],
    references: { environmentId: ENVIRONMENT },
    rules: WORKLOAD_RULES,
    inside: { "configuration.ingress.fqdn": fqdn },
    outputs: {
      latestRevisionName: revisionName,
      latestReadyRevisionName: ({ outputs }: Draft) => outputs.latestRevisionName,
      latestRevisionFqdn: ({ outputs, inputs, cloud }: Draft) =>
        `${outputs.latestRevisionName}.${domainOf(inputs, cloud)}`,
      outboundIpAddresses: () => ["203.0.113.10"],
      customDomainVerificationId: "{hex:64}",
      runningStatus: "Running",
    },
    update: (draft, old) => nextRevision(draft, old),
    history: firstRevision,
    seconds: 60,
  }),
  "azure-native:app:Job": arm({
    arm: "Microsoft.App/jobs",
    name: named("jobName", 32),
    replaceOn: ["environmentId"],
    references: { environmentId: ENVIRONMENT },
    rules: WORKLOAD_RULES,
    outputs: { outboundIpAddresses: () => [], eventStreamEndpoint: "", runningState: "Ready" },
    seconds: 30,
  }),
  "azure-native:app:ManagedEnvironmentsStorage": child({
    arm: "Microsoft.App/managedEnvironments/storages",
    parents: ["environmentName"],
    name: named("storageName", 32),
    references: { environmentName: `${ENVIRONMENT}#name` },
  }),
};

function domainOf(inputs: Plain, cloud: Draft["cloud"]): string {
  return String(plain(cloud.find(ENVIRONMENT, inputs.environmentId)?.outputs.defaultDomain) ?? "");
}

/** Names of the newest revision and of the newest that can serve. */
function nextRevision(draft: Draft, old: CloudObject): Record<string, Plain> {
  const history = updateApp(draft, old, revisionName(draft));
  const newest = history.revisions.at(-1)?.name;
  if (newest === undefined) return {};
  return {
    latestRevisionName: newest,
    latestReadyRevisionName: readyRevision(history)?.name ?? newest,
    latestRevisionFqdn: `${newest}.${domainOf(draft.inputs, draft.cloud)}`,
  };
}

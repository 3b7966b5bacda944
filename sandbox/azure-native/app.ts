import type { Draft, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { refuseUngranted, workloadFailures } from "./app-checks";
import { arm, child, named } from "./shared";

const APP = "azure-native:app:ContainerApp";
const ENVIRONMENT = "azure-native:app:ManagedEnvironment";

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
    outputs: {
      defaultDomain: "kindsea-{hex:8}.{location}.azurecontainerapps.io",
      staticIp: "10.40.1.200",
      eventStreamEndpoint: "https://{location}.azurecontainerapps.dev{id}/eventstream",
      privateEndpointConnections: () => [],
    },
    inUse: "ManagedEnvironmentNotEmpty: the environment '{id}' still holds apps or jobs.",
    seconds: 300,
  }),
  [APP]: arm({
    arm: "Microsoft.App/containerApps",
    name: named("containerAppName", 32),
    replaceOn: ["environmentId", "managedEnvironmentId"],
    references: { environmentId: ENVIRONMENT },
    validate: workloadFailures,
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
    create: (draft) => {
      refuseUngranted(draft);
      return {};
    },
    update: (draft, old) => {
      refuseUngranted(draft);
      return nextRevision(draft, plain(old.inputs));
    },
    seconds: 60,
  }),
  "azure-native:app:Job": arm({
    arm: "Microsoft.App/jobs",
    name: named("jobName", 32),
    replaceOn: ["environmentId"],
    references: { environmentId: ENVIRONMENT },
    validate: workloadFailures,
    outputs: { outboundIpAddresses: () => [], eventStreamEndpoint: "", runningState: "Ready" },
    create: (draft) => {
      refuseUngranted(draft);
      return {};
    },
    update: (draft) => {
      refuseUngranted(draft);
      return {};
    },
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

/** A changed template is a new revision; a changed configuration is none. */
function nextRevision(draft: Draft, olds: Plain): Record<string, Plain> {
  if (JSON.stringify(draft.inputs.template) === JSON.stringify(olds.template)) return {};
  const revision = revisionName(draft);
  return {
    latestRevisionName: revision,
    latestReadyRevisionName: revision,
    latestRevisionFqdn: `${revision}.${domainOf(draft.inputs, draft.cloud)}`,
  };
}

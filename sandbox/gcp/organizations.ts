import type { FunctionRule } from "../lib/table";

/** Functions that programs outside this repository ask for. */
export const functions: Record<string, FunctionRule> = {
  "gcp:organizations/getProject:getProject": (args, { place }) => {
    const projectId = String(args.projectId ?? place.project);
    return {
      id: `projects/${projectId}`,
      projectId,
      name: projectId,
      number: place.number ?? "",
      labels: {},
    };
  },
  "gcp:organizations/getClientConfig:getClientConfig": (_args, { place }) => ({
    id: `projects/${place.project}/regions/${place.region}`,
    project: place.project ?? "",
    region: place.region ?? "",
    zone: place.zone ?? "",
    accessToken: "simulated",
  }),
  "gcp:organizations/getIAMPolicy:getIAMPolicy": (args) => ({
    ...args,
    id: "policy",
    policyData: JSON.stringify({ bindings: args.bindings ?? [] }),
  }),
};

import { rule as cpuMemory } from "../../policy/rules/deployability/gcp/gcp-cloudrun-cpu-memory";
import { rule as reservedEnv } from "../../policy/rules/deployability/gcp/gcp-cloudrun-reserved-env";
import { rule as oneWayIn } from "../../policy/rules/deployability/gcp/gcp-cloudrun-vpcaccess-exclusive";
import { rule as imagePath } from "../../policy/rules/deployability/gcp/gcp-image-path-and-access";
import type { Draft, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { latestExecution, runOnce } from "./run-executions";
import { makeRevision, revisionsOf } from "./revisions";
import { refuseUnreadableSecrets } from "./run-secrets";
import { ACCOUNT, regionalIamMember, named, NETWORK, now, SUBNETWORK } from "./shared";

const SERVICE = "gcp:cloudrunv2/service:Service";
const JOB = "gcp:cloudrunv2/job:Job";

/** What Cloud Run refuses whatever runs. */
const WORKLOAD_RULES = [cpuMemory, reservedEnv, imagePath, oneWayIn];

const protectedBy =
  (what: string) =>
  ({ outputs }: { outputs: Record<string, unknown> }): string | undefined =>
    outputs.deletionProtection === true
      ? `cannot destroy ${what} without setting deletion_protection=false and running \`pulumi up\``
      : undefined;

const common = {
  uid: "{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}",
  etag: '"{hex:16}"',
  createTime: now,
  creator: "operator@{project}.example",
  launchStage: "GA",
};

export const types: Record<string, TypeTable> = {
  [SERVICE]: {
    name: named(49),
    id: "projects/{project}/locations/{region}/services/{name}",
    defaults: { deletionProtection: true, ingress: "INGRESS_TRAFFIC_ALL" },
    replaceOn: ["location"],
    references: {
      "template.serviceAccount": ACCOUNT,
      "template.vpcAccess.networkInterfaces[*].network": NETWORK,
      "template.vpcAccess.networkInterfaces[*].subnetwork": SUBNETWORK,
    },
    sets: ["template.containers[*].envs"],
    outputs: {
      ...common,
      uri: "https://{name}-{hex:10}-ew.a.run.app",
      urls: ({ outputs }: Draft) => [outputs.uri],
      generation: "1",
      observedGeneration: "1",
      reconciling: false,
      latestCreatedRevision: ({ inputs, name }: Draft) =>
        inputs.template?.revision ?? `${name}-00001-abc`,
      latestReadyRevision: ({ outputs }: Draft) => outputs.latestCreatedRevision,
      terminalConditions: () => [{ type: "Ready", state: "CONDITION_SUCCEEDED" }],
      conditions: () => [],
      trafficStatuses: ({ inputs }: Draft) => inputs.traffics ?? [],
    },
    rules: WORKLOAD_RULES,
    protection: ({ outputs }) => protectedBy("service")({ outputs: plain(outputs) as Plain }),
    create: (draft) => {
      refuseUnreadableSecrets(draft, draft.inputs.template);
      makeRevision(draft.name, draft.outputs.latestCreatedRevision, draft.inputs.template);
      return {};
    },
    update: (draft, old) => {
      refuseUnreadableSecrets(draft, draft.inputs.template);
      return nextRevision(draft.name, draft.inputs, plain(old.inputs) as Plain);
    },
    seconds: 30,
    exists: "googleapi: Error 409: Resource '{name}' already exists.",
    missing: "googleapi: Error 404: '{value}' was not found",
  },
  [JOB]: {
    name: named(63),
    id: "projects/{project}/locations/{region}/jobs/{name}",
    defaults: { deletionProtection: true },
    replaceOn: ["location"],
    references: {
      "template.template.serviceAccount": ACCOUNT,
      "template.template.vpcAccess.networkInterfaces[*].network": NETWORK,
      "template.template.vpcAccess.networkInterfaces[*].subnetwork": SUBNETWORK,
    },
    sets: ["template.template.containers[*].envs"],
    outputs: {
      ...common,
      generation: "1",
      observedGeneration: "1",
      reconciling: false,
      executionCount: 0,
      latestCreatedExecutions: () => [],
      terminalConditions: () => [{ type: "Ready", state: "CONDITION_SUCCEEDED" }],
      conditions: () => [],
    },
    rules: WORKLOAD_RULES,
    protection: ({ outputs }) => protectedBy("job")({ outputs: plain(outputs) as Plain }),
    create: (draft) => {
      refuseUnreadableSecrets(draft, draft.inputs.template?.template);
      if (draft.inputs.runExecutionToken === undefined) return {};
      runOnce(draft);
      return { executionCount: 1, latestCreatedExecutions: [latestExecution(draft)] };
    },
    update: (draft, old) => {
      refuseUnreadableSecrets(draft, draft.inputs.template?.template);
      const before = plain(old.inputs) as Plain;
      const token = draft.inputs.runExecutionToken;
      if (token === undefined || token === before.runExecutionToken) return {};
      runOnce(draft);
      const count = (plain(old.outputs) as Plain).executionCount ?? 0;
      return { executionCount: count + 1, latestCreatedExecutions: [latestExecution(draft)] };
    },
    seconds: 60,
    exists: "googleapi: Error 409: Resource '{name}' already exists.",
  },
  "gcp:cloudrunv2/serviceIamMember:ServiceIamMember": regionalIamMember(
    "name",
    `${SERVICE}|${SERVICE}#name`,
  ),
  "gcp:cloudrunv2/jobIamMember:JobIamMember": regionalIamMember("name", `${JOB}|${JOB}#name`),
};

/** A changed template is a new revision; anything else is not. Failed ones have their numbers, too. */
function nextRevision(name: string, news: Plain, olds: Plain): Record<string, Plain> {
  if (JSON.stringify(news.template) === JSON.stringify(olds.template)) return {};
  const generation = revisionsOf(name).length + 1;
  const number = String(generation).padStart(5, "0");
  const revision = news.template?.revision ?? `${name}-${number}-abc`;
  makeRevision(name, revision, news.template);
  return {
    generation: String(generation),
    observedGeneration: String(generation),
    latestCreatedRevision: revision,
    latestReadyRevision: revision,
  };
}

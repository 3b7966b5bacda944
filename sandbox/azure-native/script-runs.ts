import { plannedExit } from "../lib/job-exits";
import { CloudError } from "../lib/table";
import type { Draft } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { isGranted } from "./shared";
import { lockPolicy } from "./storage";

/**
 * What the simulated Azure makes of a deployment script. The script itself is not run: one that is
 * handed a job starts that job, one that is handed an environment approves connections to it, and
 * one that is handed an immutability policy locks it, as the scripts of Portolan do. Others succeed.
 */
export function runScript(draft: Draft, kind: string): void {
  const env = environmentOf(draft.inputs);
  const identity: Plain = draft.inputs.identity?.userAssignedIdentities?.[0];
  const act = (scope: string): void => {
    if (typeof identity === "string" && isGranted(draft.cloud, identity, scope)) return;
    fail(draft, kind, `AuthorizationFailed: the identity has no role on '${scope}'`);
  };
  if (env.JOB !== undefined) {
    act(env.JOB);
    startJob(draft, kind, env.JOB);
  }
  if (env.ENVIRONMENT !== undefined && env.MESSAGE !== undefined) {
    act(env.ENVIRONMENT);
    approve(draft, kind, env.ENVIRONMENT, env.MESSAGE);
  }
  if (env.POLICY !== undefined) {
    act(env.POLICY);
    const refused = lockPolicy(draft.cloud, env.POLICY, Number(env.DAYS));
    if (refused !== undefined) fail(draft, kind, refused);
  }
}

function environmentOf(inputs: Plain): Record<string, string | undefined> {
  const list: Plain[] = inputs.environmentVariables ?? [];
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

function startJob(draft: Draft, kind: string, id: string): void {
  const job = draft.cloud.find("azure-native:app:Job", id);
  if (job === undefined) fail(draft, kind, `ResourceNotFound: '${id}' was not found`);
  const name = String(plain(job?.outputs.name));
  const code = plannedExit("azure", name);
  const execution = `${name}-${draft.hex(7)}`;
  if (code !== 0) {
    fail(draft, kind, `${execution} ended as Failed; its log tells why (exit code ${code})`);
  }
}

function approve(draft: Draft, kind: string, environment: string, message: string): void {
  const asked = draft.cloud.all("azure-native:cdn:AFDOrigin").some(({ inputs }) => {
    const link: Plain = plain(inputs.sharedPrivateLinkResource);
    return link?.privateLink?.id === environment && link.requestMessage === message;
  });
  if (!asked) fail(draft, kind, "no request of Front Door was approved in time");
}

function fail(draft: Draft, kind: string, reason: string): never {
  throw new CloudError(
    `DeploymentScriptError: The provided ${kind} script '${draft.name}' failed with the following error: ` +
      `${reason} (simulated)`,
  );
}

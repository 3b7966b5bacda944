import * as fs from "node:fs";
import * as path from "node:path";
import type { CloudObject } from "./store";
import { CloudError } from "./table";
import type { Draft, Quota } from "./table";
import { plain } from "./values";

/** Limits that somebody has had raised, by type, as people ask their provider to. */
const RAISED = "quotas.json";

/** Refuses one object more than the account may have of its kind; `others` are those of its type and place. */
export function refuseOverQuota(quota: Quota, draft: Draft, others: readonly CloudObject[]): void {
  const { per, answer } = quota;
  const counted = others.filter(
    ({ inputs }) => per === undefined || plain(inputs[per]) === draft.inputs[per],
  );
  if (counted.length >= (raised()[draft.type] ?? quota.most)) throw new CloudError(answer);
}

function raised(): Readonly<Record<string, number>> {
  const file = path.join(process.env.SANDBOX_CLOUD ?? ".", RAISED);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as never) : {};
}

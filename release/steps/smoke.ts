import { type Context } from "../context";
import { ReleaseError } from "../error";
import { ask, faultOf } from "../smoke-request";

/** Every request of the system's list, to the candidates. All are made, so that one look shows what is wrong. */
export async function smoke(context: Context): Promise<void> {
  const failed: string[] = [];
  let asked = 0;
  const { requests, edgeHeaders } = context.smoke;
  for (const each of requests) {
    const missing = (each.needs ?? []).filter((name) => !process.env[name]);
    if (missing.length > 0) {
      context.note(`left out: ${each.shows}; set ${missing.join(" and ")} to have it tried`);
      continue;
    }
    const entrance = await context.driver.entrance(each.service, each.host);
    if (!entrance) {
      context.note(`left out: ${each.shows}; ${each.service} cannot be reached from outside`);
      continue;
    }
    asked++;
    const added = entrance.edge ? edgeHeaders[each.service] : {};
    const request = { ...each, answers: { ...added, ...each.answers } };
    const fault = faultOf(request, await ask(request, entrance, context));
    if (fault === undefined) context.note(`good: ${each.shows}`);
    else failed.push(`${each.shows}: ${fault}`);
  }
  if (failed.length > 0) {
    throw new ReleaseError(`the candidate failed its smoke tests: ${failed.join("; ")}`);
  }
  if (asked === 0) context.note("nothing could be tried: the smoke list is empty for this stack");
}

import { type Context } from "../context";
import { ReleaseError } from "../error";
import { ask, faultOf } from "../smoke-request";

/** Every request of the system's list, to the candidates. All are made, so that one look shows what is wrong. */
export async function smoke(context: Context): Promise<void> {
  const failed: string[] = [];
  let asked = 0;
  for (const request of context.smoke) {
    const missing = (request.needs ?? []).filter((name) => !process.env[name]);
    if (missing.length > 0) {
      context.note(`left out: ${request.shows}; set ${missing.join(" and ")} to have it tried`);
      continue;
    }
    const entrance = await context.driver.entrance(request.service, request.host);
    if (!entrance) {
      context.note(`left out: ${request.shows}; ${request.service} cannot be reached from outside`);
      continue;
    }
    asked++;
    const fault = faultOf(request, await ask(request, entrance, context));
    if (fault === undefined) context.note(`good: ${request.shows}`);
    else failed.push(`${request.shows}: ${fault}`);
  }
  if (failed.length > 0) {
    throw new ReleaseError(`the candidate failed its smoke tests: ${failed.join("; ")}`);
  }
  if (asked === 0) context.note("nothing could be tried: the smoke list is empty for this stack");
}

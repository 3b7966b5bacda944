import { wanted, type Context } from "../context";

/** What would be changed, held against the policy pack. Changes nothing. */
export async function plan(context: Context): Promise<void> {
  await context.engine.preview(wanted(context));
}

import { wanted, type Context } from "../context";

/** The stack as `pulumi up` alone would leave it: nothing of the release is left over. */
export async function settle(context: Context): Promise<void> {
  await context.driver.settle(wanted(context));
}

import type { Alarm } from "../driver";
import type { Stack } from "../stack";
import { az } from "./azure-cli";

const RULES = ["azure-native:monitor:MetricAlert", "azure-native:monitor:ScheduledQueryRule"];

/** A fired alert, as Azure Monitor tells of it. */
interface Alert {
  readonly properties: {
    readonly essentials: {
      readonly alertRule: string;
      readonly startDateTime: string;
      readonly description?: string;
    };
  };
}

/** Alerts of the stack's own rules that fired since then. */
export async function firedSince(stack: Stack, since: Date): Promise<Alarm[]> {
  const ids = stack.resources.flatMap(({ type, id }) =>
    RULES.includes(type) && id !== undefined ? [id.toLowerCase()] : [],
  );
  const [, , subscription, , group] = ids[0]?.split("/") ?? [];
  if (subscription === undefined || group === undefined) return [];
  const { value } = await az<{ value: readonly Alert[] }>(
    ...["rest", "--method", "get", "--url"],
    `https://management.azure.com/subscriptions/${subscription}/providers/Microsoft.AlertsManagement/alerts` +
      `?api-version=2019-05-05-preview&targetResourceGroup=${group}&timeRange=1d`,
  );
  return value
    .map(({ properties }) => properties.essentials)
    .filter(
      ({ alertRule, startDateTime }) =>
        ids.includes(alertRule.toLowerCase()) && Date.parse(startDateTime) >= since.getTime(),
    )
    .map(({ alertRule, startDateTime, description }) => ({
      name: alertRule.split("/").at(-1) ?? alertRule,
      since: startDateTime,
      ...(description ? { reason: description } : {}),
    }));
}

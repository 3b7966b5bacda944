import type { Draft, TypeTable } from "../lib/table";
import { arm, named } from "./shared";

const PLAN = "azure-native:web:AppServicePlan";

export const types: Record<string, TypeTable> = {
  [PLAN]: arm({
    arm: "Microsoft.Web/serverfarms",
    name: named("name", 60),
    outputs: { status: "Ready" },
    inUse:
      "Conflict: Server farm '{id}' cannot be deleted because it has web app(s) assigned to it.",
  }),
  "azure-native:web:WebApp": arm({
    arm: "Microsoft.Web/sites",
    scope: "global",
    name: named("name", 60),
    replaceOn: ["kind"],
    references: { serverFarmId: PLAN },
    outputs: {
      defaultHostName: "{name}.azurewebsites.net",
      hostNames: ({ name }: Draft) => [`${name}.azurewebsites.net`],
      state: "Running",
    },
  }),
};

import { historyOf } from "../../sandbox/azure-native/app-revisions";
import { Objects } from "../../sandbox/stand-ins/stand-in";
import type { Target } from "./failures";
import { digestIn } from "./support";

const APP = "azure-native:app:ContainerApp";

/** LatticePolicy on Container Apps, behind Front Door. */
export const AZURE: Target = {
  example: "lattice-policy-azure",
  apiHost: "api.staging.example.com",
  jobExits: "azure-job-exits.json",
  serviceType: APP,
  revisionsCommand: "containerapp revision list",
  alarmsCommand: "rest",
  alarm: () => {
    const [rule] = new Objects("azure-native").of("azure-native:monitor:MetricAlert");
    const essentials = { alertRule: rule?.id, startDateTime: "$NOW", monitorCondition: "Fired" };
    return { value: [{ properties: { essentials } }] };
  },
  digestCommand: "acr repository show",
  missing: "ERROR: manifest tagged by the version is not found.",
  digest: (_stack, version) => {
    const [registry] = new Objects("azure-native").of("azure-native:containerregistry:Registry");
    return digestIn(`${String(registry?.loginServer)}/lattice-policy-api`, version);
  },
  unsafe: {
    file: "providers/azure/private-redis.ts",
    from: 'publicNetworkAccess: "Disabled"',
    to: 'publicNetworkAccess: "Enabled"',
    rule: /database-public-endpoint/,
  },
  goBack: () => {
    const { view } = new Objects("azure-native");
    const [api] = view.all(APP).filter(({ id }) => id.endsWith("/api"));
    if (!api) throw new Error("there is no app api");
    const { revisions } = historyOf(api);
    view.remember(api, {
      revisions: revisions.map((each, index) => {
        const isBefore = index === revisions.length - 2;
        return { ...each, active: isBefore || each.active, weight: isBefore ? 100 : 0 };
      }),
    });
  },
};

const known = new Map<string, string>();

/** Modules of azure-native whose resources moved to another module, or that are the same service under two names. */
const AZURE_MODULES: Readonly<Record<string, string>> = {
  "cache:Redis": "redis:Redis",
  "cache:FirewallRule": "redis:FirewallRule",
  "cache:RedisFirewallRule": "redis:FirewallRule",
  "redis:RedisFirewallRule": "redis:FirewallRule",
  "cache:RedisEnterprise": "redisenterprise:RedisEnterprise",
  "cache:Database": "redisenterprise:Database",
  "documentdb:DatabaseAccount": "cosmosdb:DatabaseAccount",
  "insights:ActionGroup": "monitor:ActionGroup",
  "documentdb:MongoClusterFirewallRule": "mongocluster:FirewallRule",
  "documentdb:FirewallRule": "mongocluster:FirewallRule",
  "insights:Component": "applicationinsights:Component",
  "insights:DiagnosticSetting": "monitor:DiagnosticSetting",
  "insights:MetricAlert": "monitor:MetricAlert",
  "insights:ScheduledQueryRule": "monitor:ScheduledQueryRule",
  "network:Policy": "frontdoor:Policy",
  "network:PrivateRecordSet": "privatedns:PrivateRecordSet",
  "network:PrivateZone": "privatedns:PrivateZone",
  "network:VirtualNetworkLink": "privatedns:VirtualNetworkLink",
  "dbformysql:FlexibleServer": "dbformysql:Server",
  "dbforpostgresql:FlexibleServer": "dbforpostgresql:Server",
  "dbforpostgresql:FlexibleServerFirewallRule": "dbforpostgresql:FirewallRule",
};

/** Modules of aws that name one service two or three times. */
const AWS_MODULES: Readonly<Record<string, string>> = {
  alb: "lb",
  applicationloadbalancing: "lb",
  elasticloadbalancingv2: "lb",
  elasticloadbalancing: "elb",
};

/**
 * The token rules are written for: azure-native without its API version, in the module it has today; load balancers
 * and buckets of aws under one name. Anything else stays as it is.
 */
export function normaliseToken(token: string): string {
  const seen = known.get(token);
  if (seen !== undefined) return seen;
  const result = normalise(token);
  known.set(token, result);
  return result;
}

function normalise(token: string): string {
  const parts = token.split(":");
  if (parts.length !== 3) return token;
  const [pkg, module, type] = parts as [string, string, string];
  if (pkg === "azure-native" || pkg.startsWith("azure-native_")) {
    const moved = `${module.split("/")[0]}:${type}`;
    return `azure-native:${AZURE_MODULES[moved] ?? moved}`;
  }
  if (pkg === "aws") return normaliseAws(module, type);
  return token;
}

function normaliseAws(module: string, type: string): string {
  const [service, file = ""] = module.split("/") as [string, string?];
  const name = service === "s3" && type.endsWith("V2") ? type.slice(0, -2) : type;
  const path = name === type ? file : file.replace(/V2$/, "");
  const canonical = AWS_MODULES[service] ?? service;
  return path === "" ? `aws:${canonical}:${name}` : `aws:${canonical}/${path}:${name}`;
}

/** Clouds the pack has words for. */
export type Cloud = "aws" | "azure" | "gcp" | "docker";

/** The cloud a type belongs to, as far as the pack knows it. */
export function cloudOf(type: string): Cloud | undefined {
  const pkg = type.slice(0, type.indexOf(":"));
  if (pkg === "aws" || pkg === "gcp" || pkg === "docker") return pkg;
  if (pkg === "docker-build") return "docker";
  return pkg === "azure-native" || pkg === "azure" ? "azure" : undefined;
}

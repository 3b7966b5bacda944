import type { Deployed, DeployedResource, Properties } from "../support/deployed";
import type { Check } from "./statements";

export const SERVICE = "gcp:cloudrunv2/service:Service";
export const JOB = "gcp:cloudrunv2/job:Job";
export const FIREWALL = "gcp:compute/firewall:Firewall";
export const BUCKET = "gcp:storage/bucket:Bucket";
export const ALARM = "gcp:monitoring/alertPolicy:AlertPolicy";
const URL_MAP = "gcp:compute/uRLMap:URLMap";

/** The one service or job of a component. */
export function workload(stack: Deployed, component: string): DeployedResource {
  const found = [...stack.within(component, SERVICE), ...stack.within(component, JOB)];
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`${found.length} workloads of ${component}`);
  return first;
}

export function template(stack: Deployed, component: string): Properties {
  const outer = workload(stack, component).inputs["template"] as Properties;
  return (outer["template"] ?? outer) as Properties;
}

/** The program's own container; a proxy stands after it. */
export const container = (stack: Deployed, component: string): Properties =>
  (template(stack, component)["containers"] as Properties[])[0] ?? {};

export const front = (stack: Deployed, component: string): Properties | undefined =>
  (template(stack, component)["containers"] as Properties[])[1];

export const tags = (stack: Deployed, component: string): string[] =>
  template(stack, component)["vpcAccess"].networkInterfaces[0].tags as string[];

/** Where a workload may open connections to: name of the rule's destination and port. */
export function reaches(stack: Deployed, component: string): string[] {
  const own = tags(stack, component);
  return stack
    .of(FIREWALL)
    .filter(({ inputs }) => inputs["direction"] === "EGRESS" && inputs["allows"])
    .filter(({ inputs }) => {
      const targets = inputs["targetTags"] as string[] | undefined;
      return targets === undefined || targets.some((tag) => own.includes(tag));
    })
    .flatMap(({ inputs }) =>
      (inputs["destinationRanges"] as string[]).map(
        (range) => `${range}:${inputs["allows"][0].ports[0]}`,
      ),
    )
    .sort();
}

/** Tags of those who may connect to an address. */
export const admitted = (stack: Deployed, address: string): string[] =>
  stack
    .of(FIREWALL)
    .filter(({ inputs }) => inputs["direction"] === "EGRESS" && inputs["allows"])
    .filter(({ inputs }) => (inputs["destinationRanges"] as string[]).includes(`${address}/32`))
    .flatMap(({ inputs }) => inputs["targetTags"] as string[])
    .sort();

export const database = (stack: Deployed): DeployedResource =>
  stack.one("gcp:sql/databaseInstance:DatabaseInstance");

export const settings = (stack: Deployed): Properties =>
  database(stack).inputs["settings"] as Properties;

export const databaseAddress = (stack: Deployed): string =>
  String(database(stack).outputs["privateIpAddress"]);

export const flags = (stack: Deployed): Record<string, string> =>
  Object.fromEntries(
    (settings(stack)["databaseFlags"] as Properties[]).map(({ name, value }) => [name, value]),
  );

/** Private, and open to these workloads alone. */
export const databaseAdmits =
  (...clients: readonly string[]): Check =>
  ({ prod }) => {
    expect(settings(prod)["ipConfiguration"]["ipv4Enabled"]).toBe(false);
    expect(admitted(prod, databaseAddress(prod))).toEqual([...clients].sort());
  };

export const databaseIsKept =
  (days: number): Check =>
  ({ prod }) => {
    const { backupConfiguration } = settings(prod);
    expect(backupConfiguration).toMatchObject({ enabled: true, pointInTimeRecoveryEnabled: true });
    expect(backupConfiguration.backupRetentionSettings.retainedBackups).toBeGreaterThanOrEqual(
      days,
    );
    expect(database(prod).protect).toBe(true);
    expect(database(prod).inputs["deletionProtection"]).toBe(true);
    expect(settings(prod)["deletionProtectionEnabled"]).toBe(true);
  };

/** The public balancer: 443 with a managed certificate and TLS 1.2, and 80 that redirects. */
export const servesHttps =
  (...hosts: readonly string[]): Check =>
  ({ prod }) => {
    const https = prod.one("gcp:compute/targetHttpsProxy:TargetHttpsProxy").inputs;
    const policy = prod.one("gcp:compute/sSLPolicy:SSLPolicy");
    expect(https["sslPolicy"]).toBe(policy.id);
    expect(policy.inputs["minTlsVersion"]).toBe("TLS_1_2");
    const { managed } = prod.one("gcp:certificatemanager/certificate:Certificate").inputs;
    expect([...managed.domains].sort()).toEqual([...hosts].sort());
    expect(prod.one(URL_MAP, "edge-redirect").inputs["defaultUrlRedirect"].httpsRedirect).toBe(
      true,
    );
    const ports = prod
      .of("gcp:compute/globalForwardingRule:GlobalForwardingRule")
      .map(({ inputs }) => inputs["portRange"] as string);
    expect(ports.sort()).toEqual(["443", "80"]);
  };

/** No workload is reached but through the balancer or from inside. */
export const onlyEdgeIsPublic: Check = ({ staging, prod }) => {
  for (const stack of [staging, prod]) {
    for (const { inputs } of stack.of(SERVICE)) {
      expect(inputs["ingress"]).toMatch(/^INGRESS_TRAFFIC_INTERNAL_/);
    }
    const external = stack
      .of("gcp:compute/globalAddress:GlobalAddress")
      .filter(({ inputs }) => inputs["addressType"] === "EXTERNAL");
    expect(external.map(({ name }) => name)).toEqual(["edge-address"]);
  }
};

/** Response headers that the balancer sets on the answers of a host name. */
export function headersSent(stack: Deployed, host: string): Record<string, string> {
  const map = stack.one(URL_MAP, "edge-routes").inputs;
  const rule = (map["hostRules"] as Properties[]).find((each) => each["hosts"].includes(host));
  const matcher = (map["pathMatchers"] as Properties[]).find(
    (each) => each["name"] === rule?.["pathMatcher"],
  );
  const route = (matcher?.["routeRules"] as Properties[]).find(
    ({ matchRules }) => matchRules[0].headerMatches === undefined,
  );
  const added = [map["headerAction"], route?.["headerAction"]].flatMap(
    (action) => (action?.responseHeadersToAdds ?? []) as Properties[],
  );
  for (const { replace } of added) expect(replace).toBe(true);
  const names = added.map(({ headerName }) => String(headerName).toLowerCase());
  expect(new Set(names).size).toBe(names.length);
  return Object.fromEntries(added.map(({ headerName, headerValue }) => [headerName, headerValue]));
}

export const armor = (stack: Deployed): Properties[] =>
  stack.one("gcp:compute/securityPolicy:SecurityPolicy").inputs["rules"] as Properties[];

export const alarm = (stack: Deployed, name: string): DeployedResource =>
  stack.one(ALARM, `alarms-${name}`);

/** Alarms by these names, each of which tells somebody. */
export const hasAlarms =
  (...names: readonly string[]): Check =>
  ({ prod }) => {
    for (const name of names) {
      expect([name, alarm(prod, name).inputs["notificationChannels"]?.length]).toEqual([name, 1]);
    }
  };

/** The probes of a program, and the proxy's where it has one. */
export const probes = (stack: Deployed, component: string): Properties[] =>
  (template(stack, component)["containers"] as Properties[]).flatMap(
    ({ startupProbe, readinessProbe, livenessProbe }) =>
      [startupProbe, readinessProbe, livenessProbe].filter(Boolean) as Properties[],
  );

/** Tags of own repositories are never moved. */
export const tagsAreImmutable: Check = ({ prod }) => {
  const own = prod
    .of("gcp:artifactregistry/repository:Repository")
    .filter(({ inputs }) => inputs["mode"] !== "REMOTE_REPOSITORY");
  expect(own.length).toBeGreaterThan(0);
  for (const { inputs } of own) expect(inputs["dockerConfig"].immutableTags).toBe(true);
};

/** Cloud Run cannot set a user; what is expected of the image stands beside it. */
export const expectsUser =
  (component: string, uid: number): Check =>
  ({ prod }) => {
    const { annotations } = template(prod, component);
    expect(annotations["portolan.dev/run-as-user"]).toBe(`${uid}`);
    expect(template(prod, component)["executionEnvironment"]).toBe("EXECUTION_ENVIRONMENT_GEN2");
  };

import { only } from "../clouds/reader";
import type { Deployed, Properties } from "../support/deployed";
import type { CloudFacts } from "./facts";

const SERVICE = "gcp:cloudrunv2/service:Service";
const JOB = "gcp:cloudrunv2/job:Job";

const bucketDays = (stack: Deployed, name: string): number =>
  Math.min(
    ...stack
      .within(name, "gcp:logging/projectBucketConfig:ProjectBucketConfig")
      .map(({ inputs }) => inputs["retentionDays"] as number),
  );

export const gcp: CloudFacts = {
  database: (stack, name) => {
    const server = only(name, stack.within(name, "gcp:sql/databaseInstance:DatabaseInstance"));
    const { ipConfiguration, backupConfiguration } = server.inputs["settings"] as Properties;
    const users = stack.within(name, "gcp:sql/user:User");
    return {
      // Cloud SQL has no way to store anything unencrypted.
      encryption: server.inputs["encryptionKeyName"] ? "own key" : "platform's key",
      isPublic: ipConfiguration.ipv4Enabled !== false,
      onlyTls: ipConfiguration.sslMode === "ENCRYPTED_ONLY",
      onlyPassword: users.every(({ inputs }) => inputs["password"] !== undefined),
      backupDays: backupConfiguration.backupRetentionSettings.retainedBackups as number,
      logDays: bucketDays(stack, name),
    };
  },

  cache: (stack, name) => {
    const { inputs } = only(name, stack.within(name, "gcp:redis/instance:Instance"));
    return {
      // Memorystore encrypts what it writes always.
      encryption: inputs["customerManagedKey"] ? "own key" : "platform's key",
      isPublic: inputs["connectMode"] !== "PRIVATE_SERVICE_ACCESS",
      onlyTls: inputs["transitEncryptionMode"] === "SERVER_AUTHENTICATION",
      onlyPassword: inputs["authEnabled"] === true,
    };
  },

  workload: (stack, name) => {
    const { inputs } = only(name, [...stack.within(name, SERVICE), ...stack.within(name, JOB)]);
    const ingress = inputs["ingress"] as string | undefined;
    return {
      user: inputs["template"].annotations["portolan.dev/run-as-user"] as string,
      isPublic: ingress !== undefined && !/^INGRESS_TRAFFIC_INTERNAL/.test(ingress),
      logDays: bucketDays(stack, name),
    };
  },

  edge: (stack, name) => {
    const rules = stack.within(name, "gcp:compute/globalForwardingRule:GlobalForwardingRule");
    const redirect = stack.one("gcp:compute/uRLMap:URLMap", `${name}-redirect`).inputs;
    const policy = only(name, stack.within(name, "gcp:compute/sSLPolicy:SSLPolicy")).inputs;
    const backends = stack.within(name, "gcp:compute/backendService:BackendService");
    return {
      ports: rules.map(({ inputs }) => Number(inputs["portRange"])),
      redirectsHttp: redirect["defaultUrlRedirect"].httpsRedirect === true,
      leastTls: policy["minTlsVersion"] === "TLS_1_2" ? "1.2" : "1.3",
      hasFirewall: backends.every(({ inputs }) => inputs["securityPolicy"] !== undefined),
    };
  },

  wildcards: (stack) => [
    // A role on the project reaches everything in it; and basic roles are everything.
    ...stack
      .of("gcp:projects/iAMMember:IAMMember")
      .map(({ name, inputs }) => `${name}: ${inputs["role"]}`),
    ...stack.resources
      .filter(({ type }) => /IamMember|IAMMember/.test(type))
      .filter(({ inputs }) =>
        /^roles\/(owner|editor|viewer)$|\.admin$/.test(inputs["role"] as string),
      )
      .map(({ name, inputs }) => `${name}: ${inputs["role"]}`),
  ],

  limits: [
    { type: SERVICE, property: "name", max: 63 },
    { type: JOB, property: "name", max: 63 },
    { type: "gcp:serviceaccount/account:Account", property: "accountId", max: 30 },
    { type: "gcp:redis/instance:Instance", property: "name", max: 60 },
    { type: "gcp:sql/databaseInstance:DatabaseInstance", property: "name", max: 97 },
    { type: "gcp:compute/network:Network", property: "name", max: 63 },
    { type: "gcp:compute/subnetwork:Subnetwork", property: "name", max: 63 },
    { type: "gcp:compute/firewall:Firewall", property: "name", max: 63 },
    { type: "gcp:compute/backendService:BackendService", property: "name", max: 63 },
    { type: "gcp:artifactregistry/repository:Repository", property: "repositoryId", max: 63 },
    { type: "gcp:logging/projectBucketConfig:ProjectBucketConfig", property: "bucketId", max: 100 },
  ],

  refused: {
    config: { "portolan:images": { api: "latest", ui: "0.1.0" } },
    sentence: /portolan:images\.api: "latest" moves from image to image/,
  },
};

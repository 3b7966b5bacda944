import { mustBeOneOf, mustBeTrue, mustNotBeOneOf, mustNotBeTrue } from "../../lib/check/simple";
import { forTypes, undecided, violation, type Check, type Rule } from "../../lib/rule";

const MESSAGE = "connections without TLS are accepted";

/** Parameters of engines by which a server refuses plain connections, when their value is one of the listed. */
const FORCES: Readonly<Record<string, readonly string[]>> = {
  "rds.force_ssl": ["1", "on", "true"],
  require_secure_transport: ["1", "on", "true"],
  require_ssl: ["1", "on", "true"],
  tls: ["enabled", "tls1.2+", "tls1.3+", "fips-140-3"],
};

const parameters: Check = (resource) =>
  resource.at("parameters").items.flatMap((parameter) => {
    const wanted = FORCES[parameter.at("name").text ?? ""];
    return wanted === undefined ? [] : mustBeOneOf(parameter.at("value"), wanted, MESSAGE);
  });

const setting =
  (name: string): Check =>
  (resource) => {
    const isSetting = [resource.at("configurationName"), resource.at("name")].some((value) =>
      value.isWord(name),
    );
    const named = isSetting || resource.name === name;
    return named ? mustBeOneOf(resource.at("value"), ["on", "1", "true"], MESSAGE) : [];
  };

export const rule: Rule = {
  id: "store-tls",
  title: "Databases, caches and storage refuse connections without TLS",
  severity: "high",
  category: "tls",
  profile: "baseline",
  why: "Passwords and records cross the network in clear if one client forgets to ask for TLS.",
  fix: {
    aws: "Set rds.force_ssl (require_secure_transport) to 1, transitEncryptionEnabled, enforceHttps and nodeToNodeEncryption to true, clientBroker to TLS.",
    azure:
      "Leave require_secure_transport ON, enableNonSslPort false and enableHttpsTrafficOnly true.",
    gcp: "Set sslMode ENCRYPTED_ONLY (or TRUSTED_CLIENT_CERTIFICATE_REQUIRED) and transitEncryptionMode SERVER_AUTHENTICATION.",
  },
  controls: { nist: ["SC-8", "SC-8(1)"], cis: ["3.10"] },
  check: {
    ...forTypes(
      [
        "aws:rds/parameterGroup:ParameterGroup",
        "aws:rds/clusterParameterGroup:ClusterParameterGroup",
        "aws:docdb/clusterParameterGroup:ClusterParameterGroup",
        "aws:redshift/parameterGroup:ParameterGroup",
      ],
      parameters,
    ),
    "aws:elasticache/replicationGroup:ReplicationGroup": (resource) => [
      ...mustBeTrue(
        resource.at("transitEncryptionEnabled"),
        MESSAGE,
        resource.at("globalReplicationGroupId").present ? "passes" : "violates",
      ),
      ...mustNotBeOneOf(resource.at("transitEncryptionMode"), ["preferred"], MESSAGE),
    ],
    "aws:elasticache/cluster:Cluster": (resource) =>
      resource.at("engine").isWord("memcached")
        ? mustBeTrue(resource.at("transitEncryptionEnabled"), MESSAGE)
        : [],
    "aws:memorydb/cluster:Cluster": (resource) =>
      mustBeTrue(resource.at("tlsEnabled"), MESSAGE, "passes"),
    "aws:opensearch/domain:Domain": (resource) => [
      ...mustBeTrue(resource.at("domainEndpointOptions.enforceHttps"), MESSAGE),
      ...mustBeTrue(
        resource.at("nodeToNodeEncryption.enabled"),
        "traffic between nodes is not encrypted",
      ),
    ],
    "aws:msk/cluster:Cluster": (resource) =>
      mustNotBeOneOf(
        resource.at("encryptionInfo.encryptionInTransit.clientBroker"),
        ["PLAINTEXT", "TLS_PLAINTEXT"],
        MESSAGE,
      ),
    "aws:ecs/taskDefinition:TaskDefinition": (resource) =>
      resource
        .at("volumes")
        .items.map((volume) => volume.at("efsVolumeConfiguration"))
        .filter((efs) => efs.isObject)
        .flatMap((efs) =>
          mustBeOneOf(
            efs.at("transitEncryption"),
            ["ENABLED"],
            "the shared files are read without TLS",
          ),
        ),
    "azure-native:dbforpostgresql:Configuration": setting("require_secure_transport"),
    "azure-native:dbformysql:Configuration": setting("require_secure_transport"),
    "azure:postgresql/flexibleServerConfiguration:FlexibleServerConfiguration": setting(
      "require_secure_transport",
    ),
    "azure:postgresql/server:Server": (resource) =>
      mustBeTrue(resource.at("sslEnforcementEnabled"), MESSAGE),
    "azure-native:redis:Redis": (resource) =>
      mustNotBeTrue(resource.at("enableNonSslPort"), MESSAGE),
    "azure:redis/cache:Cache": (resource) => [
      ...mustNotBeTrue(resource.at("nonSslPortEnabled"), MESSAGE),
      ...mustNotBeTrue(resource.at("enableNonSslPort"), MESSAGE),
    ],
    "azure-native:redisenterprise:Database": (resource) =>
      mustNotBeOneOf(resource.at("clientProtocol"), ["Plaintext"], MESSAGE),
    "azure-native:storage:StorageAccount": (resource) =>
      mustBeTrue(resource.at("enableHttpsTrafficOnly"), MESSAGE, "passes"),
    "azure:storage/account:Account": (resource) => [
      ...mustBeTrue(resource.at("httpsTrafficOnlyEnabled"), MESSAGE, "passes"),
      ...mustBeTrue(resource.at("enableHttpsTrafficOnly"), MESSAGE, "passes"),
    ],
    "gcp:sql/databaseInstance:DatabaseInstance": (resource) => {
      const version = resource.at("databaseVersion").text ?? "";
      const mode = resource.at("settings.ipConfiguration.sslMode");
      if (mode.absent && resource.at("settings").unknown)
        return [undecided(resource.at("settings"))];
      const strict = ["ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"];
      if (version.startsWith("SQLSERVER") && mode.absent) {
        return mustBeTrue(resource.at("settings.ipConfiguration.requireSsl"), MESSAGE);
      }
      return mustBeOneOf(mode, strict, MESSAGE);
    },
    "gcp:redis/instance:Instance": (resource) =>
      mustBeOneOf(resource.at("transitEncryptionMode"), ["SERVER_AUTHENTICATION"], MESSAGE),
    "gcp:redis/cluster:Cluster": (resource) =>
      mustNotBeOneOf(
        resource.at("transitEncryptionMode"),
        ["TRANSIT_ENCRYPTION_MODE_DISABLED", "TRANSIT_ENCRYPTION_MODE_UNSPECIFIED"],
        MESSAGE,
        "violates",
      ),
    "pulumi:providers:docker": (resource) => {
      const host = resource.at("host");
      if (host.unknown) return [undecided(host)];
      const plain = /^tcp:\/\/(?!127\.|localhost|\[::1\])/.test(host.text ?? "");
      const certified = resource.at("certMaterial").present || resource.at("certPath").present;
      return plain && !certified
        ? [violation(host, "the Docker host is steered over a plain TCP connection")]
        : [];
    },
  },
};

import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const group = (name: string, value: unknown) =>
  resource("aws:rds/parameterGroup:ParameterGroup", { parameters: [{ name, value }] });
const cache = (props: object) =>
  resource("aws:elasticache/replicationGroup:ReplicationGroup", props);
const sql = (ipConfiguration: unknown) =>
  resource("gcp:sql/databaseInstance:DatabaseInstance", { settings: { ipConfiguration } });
const configuration = (value: unknown) =>
  resource("azure-native:dbforpostgresql:Configuration", {
    configurationName: "require_secure_transport",
    value,
  });

export const fixtures: Fixtures = {
  good: [
    group("rds.force_ssl", "1"),
    group("log_statement", "ddl"),
    cache({ transitEncryptionEnabled: true, transitEncryptionMode: "required" }),
    sql({ sslMode: "ENCRYPTED_ONLY" }),
    configuration("ON"),
    resource("gcp:redis/instance:Instance", { transitEncryptionMode: "SERVER_AUTHENTICATION" }),
    resource("pulumi:providers:docker", { host: "ssh://deploy@host.example.com" }),
  ],
  bad: [
    group("rds.force_ssl", "0"),
    cache({ transitEncryptionEnabled: false }),
    cache({ transitEncryptionEnabled: true, transitEncryptionMode: "preferred" }),
    sql({ sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" }),
    configuration("OFF"),
    resource("azure-native:redis:Redis", { enableNonSslPort: true }),
    resource("azure-native:storage:StorageAccount", { enableHttpsTrafficOnly: false }),
    resource("gcp:redis/instance:Instance", { transitEncryptionMode: "DISABLED" }),
    resource("pulumi:providers:docker", { host: "tcp://198.51.100.4:2375" }),
    resource("aws:ecs/taskDefinition:TaskDefinition", {
      volumes: [{ name: "f", efsVolumeConfiguration: { fileSystemId: "fs" } }],
    }),
  ],
  missing: [
    violates(cache({})),
    violates(sql(undefined)),
    passes(resource("azure-native:redis:Redis", {})),
  ],
  unknown: [
    cache({ transitEncryptionEnabled: unknown }),
    sql({ sslMode: unknown }),
    configuration(unknown),
  ],
  wrongType: [violates(cache({ transitEncryptionEnabled: [] })), violates(sql(5))],
};

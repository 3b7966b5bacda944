import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const listener = (sslPolicy: unknown) =>
  resource("aws:lb/listener:Listener", { protocol: "HTTPS", certificateArn: "arn", sslPolicy });
const storage = (props: object) => resource("azure-native:storage:StorageAccount", props);
const policy = (props: object) => resource("gcp:compute/sSLPolicy:SSLPolicy", props);

export const fixtures: Fixtures = {
  good: [
    listener("ELBSecurityPolicy-TLS13-1-2-2021-06"),
    listener("ELBSecurityPolicy-TLS-1-2-Ext-2018-06"),
    listener("ELBSecurityPolicy-FS-1-2-Res-2020-10"),
    storage({ minimumTlsVersion: "TLS1_2" }),
    policy({ minTlsVersion: "TLS_1_2" }),
    resource("gcp:compute/targetHttpsProxy:TargetHttpsProxy", { sslPolicy: unknown }),
    resource("aws:lb/listener:Listener", { protocol: "HTTP" }),
  ],
  bad: [
    listener("ELBSecurityPolicy-2016-08"),
    resource("gcp:compute/targetHttpsProxy:TargetHttpsProxy", {}),
    resource("aws:cloudfront/distribution:Distribution", {
      origins: [{ customOriginConfig: { originSslProtocols: ["TLSv1.2", "TLSv1"] } }],
    }),
    listener("ELBSecurityPolicy-TLS-1-1-2017-01"),
    storage({ minimumTlsVersion: "TLS1_0" }),
    policy({ minTlsVersion: "TLS_1_1" }),
    resource("azure-native:redis:Redis", { minimumTlsVersion: "1.0" }),
    resource("azure-native:sql:Server", { minimalTlsVersion: "1.1" }),
  ],
  missing: [
    violates(listener(undefined)),
    violates(storage({})),
    violates(policy({})),
    passes(resource("azure-native:sql:Server", {})),
  ],
  unknown: [listener(unknown), storage({ minimumTlsVersion: unknown })],
  wrongType: [violates(listener(7)), violates(policy({ minTlsVersion: [] }))],
};

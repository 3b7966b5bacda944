import { resource } from "../../lib/fixture";
import type { PlainResource } from "../../lib/resource";
import { plan, ref, type Changes } from "./_plan";

const firewall = (name: string, props: object) =>
  resource(
    "gcp:compute/firewall:Firewall",
    { network: ref("vpc.id"), direction: "EGRESS", ...props },
    name,
  );

/** A Cloud Run service behind a balancer, with a database and a cache in Google's network. */
export function gcp(changes: Changes = {}): PlainResource[] {
  return plan(
    [
      resource("gcp:compute/network:Network", {}, "vpc"),
      resource(
        "gcp:compute/subnetwork:Subnetwork",
        { network: ref("vpc.id"), region: "europe-west1", ipCidrRange: "10.0.0.0/18" },
        "subnet",
      ),
      resource(
        "gcp:compute/globalAddress:GlobalAddress",
        {
          ...{ purpose: "VPC_PEERING", network: ref("vpc.id") },
          ...{ address: "10.0.128.0", prefixLength: 17 },
        },
        "range",
      ),
      resource(
        "gcp:servicenetworking/connection:Connection",
        { network: ref("vpc.id") },
        "peering",
      ),
      firewall("deny", {
        ...{ priority: 1000, denies: [{ protocol: "all" }] },
        destinationRanges: ["10.0.128.0/17"],
      }),
      firewall("web-to-db", {
        ...{ priority: 900, targetTags: ["web"], allows: [{ protocol: "tcp", ports: ["5432"] }] },
        destinationRanges: [ref("db.privateIpAddress")],
      }),
      firewall("web-to-cache", {
        ...{ priority: 900, targetTags: ["web"], allows: [{ protocol: "tcp", ports: ["6378"] }] },
        destinationRanges: [ref("cache.host")],
      }),
      resource(
        "gcp:sql/databaseInstance:DatabaseInstance",
        {
          databaseVersion: "POSTGRES_16",
          settings: { ipConfiguration: { ipv4Enabled: false, privateNetwork: ref("vpc.id") } },
        },
        "db",
      ),
      resource(
        "gcp:redis/instance:Instance",
        {
          authorizedNetwork: ref("vpc.id"),
          connectMode: "PRIVATE_SERVICE_ACCESS",
          transitEncryptionMode: "SERVER_AUTHENTICATION",
        },
        "cache",
      ),
      resource("gcp:secretmanager/secret:Secret", {}, "url"),
      resource(
        "gcp:secretmanager/secretVersion:SecretVersion",
        {
          secret: ref("url.id"),
          secretData: { concat: ["postgres://app@", ref("db.privateIpAddress"), ":5432/app"] },
        },
        "url-value",
      ),
      resource(
        "gcp:cloudrunv2/service:Service",
        {
          location: "europe-west1",
          ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
          template: {
            containers: [
              {
                envs: [
                  { name: "URL", valueSource: { secretKeyRef: { secret: ref("url.secretId") } } },
                  { name: "REDIS_HOST", value: ref("cache.host") },
                ],
              },
            ],
            vpcAccess: {
              egress: "ALL_TRAFFIC",
              networkInterfaces: [{ subnetwork: ref("subnet.id"), tags: ["web"] }],
            },
          },
        },
        "web",
      ),
      resource(
        "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup",
        { cloudRun: { service: ref("web.name") } },
        "endpoints",
      ),
      resource(
        "gcp:compute/backendService:BackendService",
        { backends: [{ group: ref("endpoints.id") }] },
        "backend",
      ),
      resource("gcp:compute/uRLMap:URLMap", { defaultService: ref("backend.id") }, "map"),
      resource("gcp:compute/targetHttpsProxy:TargetHttpsProxy", { urlMap: ref("map.id") }, "proxy"),
      resource(
        "gcp:compute/globalForwardingRule:GlobalForwardingRule",
        { target: ref("proxy.id"), portRange: "443", loadBalancingScheme: "EXTERNAL_MANAGED" },
        "edge",
      ),
    ],
    changes,
  );
}

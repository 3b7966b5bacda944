import { resource } from "../../lib/fixture";
import type { PlainResource } from "../../lib/resource";

/** Changes to single resources of an example, by name; `undefined` leaves the resource out. */
export type Changes = Readonly<Record<string, object | undefined>>;

function plan(all: readonly PlainResource[], changes: Changes): PlainResource[] {
  return all.flatMap((item) => {
    const name = item.name ?? "";
    if (!Object.hasOwn(changes, name)) return [item];
    const change = changes[name];
    return change === undefined
      ? []
      : [{ ...item, props: { ...(item.props as object), ...change } }];
  });
}

const ref = (output: string) => ({ ref: output });
const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });
const group = (name: string) =>
  resource("aws:ec2/securityGroup:SecurityGroup", { vpcId: ref("vpc.id") }, name);
const ingress = (name: string, to: string, from: object, port: number) =>
  resource(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    { securityGroupId: ref(`${to}.id`), ...from, ...tcp(port) },
    name,
  );
const egress = (name: string, from: string, to: object, port: number) =>
  resource(
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    { securityGroupId: ref(`${from}.id`), ...to, ...tcp(port) },
    name,
  );
const member = (name: string) => ({ referencedSecurityGroupId: ref(`${name}.id`) });

/** A Fargate service behind a balancer, and its database. */
export function aws(changes: Changes = {}): PlainResource[] {
  return plan(
    [
      resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true }, "vpc"),
      resource(
        "aws:ec2/subnet:Subnet",
        { vpcId: ref("vpc.id"), cidrBlock: "10.0.1.0/24" },
        "inner",
      ),
      resource(
        "aws:ec2/subnet:Subnet",
        { vpcId: ref("vpc.id"), cidrBlock: "10.0.2.0/24" },
        "outer",
      ),
      resource("aws:ec2/internetGateway:InternetGateway", { vpcId: ref("vpc.id") }, "gateway"),
      resource("aws:ec2/routeTable:RouteTable", { vpcId: ref("vpc.id") }, "table"),
      resource(
        "aws:ec2/route:Route",
        {
          routeTableId: ref("table.id"),
          destinationCidrBlock: "0.0.0.0/0",
          gatewayId: ref("gateway.id"),
        },
        "route",
      ),
      resource(
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        { subnetId: ref("outer.id"), routeTableId: ref("table.id") },
        "association",
      ),
      ...["app", "store", "edge"].map(group),
      ingress("store-from-app", "store", member("app"), 5432),
      egress("app-to-store", "app", member("store"), 5432),
      ingress("app-from-edge", "app", member("edge"), 8080),
      egress("edge-to-app", "edge", member("app"), 8080),
      ingress("edge-from-world", "edge", { cidrIpv4: "0.0.0.0/0" }, 443),
      resource("aws:rds/subnetGroup:SubnetGroup", { subnetIds: [ref("inner.id")] }, "subnets"),
      resource(
        "aws:rds/instance:Instance",
        {
          engine: "postgres",
          dbSubnetGroupName: ref("subnets.name"),
          vpcSecurityGroupIds: [ref("store.id")],
        },
        "db",
      ),
      resource(
        "aws:ecs/taskDefinition:TaskDefinition",
        {
          containerDefinitions: {
            json: [{ name: "web", environment: [{ name: "PGHOST", value: ref("db.address") }] }],
          },
        },
        "task",
      ),
      resource(
        "aws:lb/loadBalancer:LoadBalancer",
        { subnets: [ref("outer.id")], securityGroups: [ref("edge.id")] },
        "balancer",
      ),
      resource("aws:lb/targetGroup:TargetGroup", { port: 8080 }, "targets"),
      resource(
        "aws:lb/listener:Listener",
        {
          loadBalancerArn: ref("balancer.arn"),
          port: 443,
          defaultActions: [{ type: "forward", targetGroupArn: ref("targets.arn") }],
        },
        "listener",
      ),
      resource(
        "aws:ecs/service:Service",
        {
          taskDefinition: ref("task.arn"),
          networkConfiguration: {
            subnets: [ref("inner.id")],
            securityGroups: [ref("app.id")],
            assignPublicIp: false,
          },
          loadBalancers: [{ targetGroupArn: ref("targets.arn"), containerPort: 8080 }],
        },
        "web",
      ),
    ],
    changes,
  );
}

const nsg = (name: string, ...securityRules: object[]) =>
  resource("azure-native:network:NetworkSecurityGroup", { securityRules }, name);
const inbound = (access: string, priority: number, source: string, port: string) => ({
  ...{ access, priority, protocol: "Tcp", direction: "Inbound", sourcePortRange: "*" },
  ...{ sourceAddressPrefix: source, destinationAddressPrefix: "*", destinationPortRange: port },
});
const subnet = (name: string, addressPrefix: string, more: object = {}) =>
  resource(
    "azure-native:network:Subnet",
    { virtualNetworkName: ref("vnet.name"), addressPrefix, ...more },
    name,
  );

/** A Container App with a server in the network and a cache behind a private endpoint. */
export function azure(changes: Changes = {}): PlainResource[] {
  return plan(
    [
      resource(
        "azure-native:network:VirtualNetwork",
        { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
        "vnet",
      ),
      nsg(
        "store-rules",
        inbound("Allow", 100, "10.0.0.0/23", "5432"),
        inbound("Deny", 4096, "VirtualNetwork", "*"),
      ),
      nsg(
        "endpoint-rules",
        inbound("Allow", 100, "10.0.0.0/23", "10000"),
        inbound("Deny", 4096, "VirtualNetwork", "*"),
      ),
      subnet("apps", "10.0.0.0/23"),
      subnet("stores", "10.0.2.0/26", { networkSecurityGroup: { id: ref("store-rules.id") } }),
      subnet("endpoints", "10.0.2.64/26", {
        networkSecurityGroup: { id: ref("endpoint-rules.id") },
        privateEndpointNetworkPolicies: "Enabled",
      }),
      resource(
        "azure-native:privatedns:PrivateZone",
        { privateZoneName: "app.private.postgres.database.azure.com" },
        "zone",
      ),
      resource(
        "azure-native:privatedns:VirtualNetworkLink",
        { privateZoneName: ref("zone.name"), virtualNetwork: { id: ref("vnet.id") } },
        "link",
      ),
      resource(
        "azure-native:dbforpostgresql:Server",
        {
          network: {
            delegatedSubnetResourceId: ref("stores.id"),
            privateDnsZoneArmResourceId: ref("zone.id"),
          },
        },
        "db",
      ),
      resource(
        "azure-native:redisenterprise:RedisEnterprise",
        { publicNetworkAccess: "Disabled" },
        "cache",
      ),
      resource(
        "azure-native:network:PrivateEndpoint",
        {
          subnet: { id: ref("endpoints.id") },
          privateLinkServiceConnections: [
            { privateLinkServiceId: ref("cache.id"), groupIds: ["redisEnterprise"] },
          ],
        },
        "endpoint",
      ),
      resource(
        "azure-native:privatedns:PrivateZone",
        { privateZoneName: "privatelink.redis.azure.net" },
        "cache-zone",
      ),
      resource(
        "azure-native:privatedns:VirtualNetworkLink",
        { privateZoneName: ref("cache-zone.name"), virtualNetwork: { id: ref("vnet.id") } },
        "cache-link",
      ),
      resource(
        "azure-native:network:PrivateDnsZoneGroup",
        {
          privateEndpointName: ref("endpoint.name"),
          privateDnsZoneConfigs: [{ privateDnsZoneId: ref("cache-zone.id") }],
        },
        "record",
      ),
      resource(
        "azure-native:app:ManagedEnvironment",
        { vnetConfiguration: { infrastructureSubnetId: ref("apps.id"), internal: true } },
        "environment",
      ),
      resource(
        "azure-native:app:ContainerApp",
        {
          environmentId: ref("environment.id"),
          configuration: { ingress: { external: true, targetPort: 8080 } },
          template: {
            containers: [
              {
                env: [
                  { name: "PGHOST", value: ref("db.fullyQualifiedDomainName") },
                  { name: "REDIS_HOST", value: ref("cache.hostName") },
                ],
              },
            ],
          },
        },
        "web",
      ),
      resource("azure-native:cdn:AFDEndpoint", {}, "front"),
      resource("azure-native:cdn:AFDOriginGroup", {}, "origins"),
      resource(
        "azure-native:cdn:AFDOrigin",
        {
          originGroupName: ref("origins.name"),
          hostName: ref("web.latestRevisionFqdn"),
          sharedPrivateLinkResource: { privateLink: { id: ref("environment.id") } },
        },
        "origin",
      ),
      resource(
        "azure-native:cdn:Route",
        { endpointName: ref("front.name"), originGroup: { id: ref("origins.id") } },
        "route",
      ),
    ],
    changes,
  );
}

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

const network = (name: string, internal: boolean) =>
  resource("docker:index/network:Network", { name, internal }, name);
const attached = (...names: string[]) => names.map((name) => ({ name: ref(`${name}.name`) }));

/** A proxy, a container behind it, and its database on a network of its own. */
export function docker(changes: Changes = {}): PlainResource[] {
  return plan(
    [
      network("front", false),
      network("middle", true),
      network("back", true),
      resource(
        "docker:index/container:Container",
        {
          ...{ name: "proxy", image: "caddy:2.10", command: ["reverse-proxy", "--to", "web:8080"] },
          networksAdvanced: attached("front", "middle"),
          ports: [
            { internal: 8443, external: 443 },
            { internal: 8080, external: 80 },
          ],
        },
        "proxy",
      ),
      resource(
        "docker:index/container:Container",
        {
          ...{ name: "web", image: "acme/web:1", envs: ["URL=postgres://app@db:5432/app"] },
          networksAdvanced: attached("middle", "back"),
        },
        "web",
      ),
      resource(
        "docker:index/container:Container",
        { name: "db", image: "postgres:16", networksAdvanced: attached("back") },
        "db",
      ),
    ],
    changes,
  );
}

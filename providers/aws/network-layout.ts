import { Eip } from "@pulumi/aws/ec2/eip";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway";
import { NatGateway } from "@pulumi/aws/ec2/natGateway";
import { Route } from "@pulumi/aws/ec2/route";
import { RouteTable } from "@pulumi/aws/ec2/routeTable";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation";
import { Subnet } from "@pulumi/aws/ec2/subnet";
import type { Vpc } from "@pulumi/aws/ec2/vpc";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "./scope";
import type { ZoneSubnets } from "./subnets";

export interface Layout {
  readonly publicSubnets: pulumi.Output<string>[];
  readonly privateSubnets: pulumi.Output<string>[];
  readonly isolatedSubnets: pulumi.Output<string>[];
  readonly privateTables: RouteTable[];
  /** Everything that has to stand before something in a subnet can talk. */
  readonly routes: pulumi.Resource[];
}

/**
 * Subnets and routes: public ones for the edge and the gateways, private ones for workloads, and
 * isolated ones for the stores, whose table has no route out of the network at all.
 */
export function layOut(
  scope: Scope,
  vpc: Vpc,
  zones: readonly ZoneSubnets[],
  outbound: "none" | "single" | "zonal",
): Layout {
  const { name, child } = scope;
  const table = (role: string): RouteTable =>
    new RouteTable(`${name}-${role}`, { vpcId: vpc.id, tags: scope.named(role) }, child);
  const subnet = (kind: "public" | "private" | "isolated", zone: ZoneSubnets): Subnet =>
    new Subnet(
      `${name}-${kind}-${zone.zone}`,
      {
        vpcId: vpc.id,
        availabilityZone: zone.zone,
        cidrBlock: zone[kind],
        // Even what stands in a public subnet gets an address only when it asks for one.
        mapPublicIpOnLaunch: false,
        tags: scope.named(`${kind}-${zone.zone}`),
      },
      child,
    );
  const attach = (key: string, subnet: Subnet, table: RouteTable): RouteTableAssociation =>
    new RouteTableAssociation(
      `${name}-${key}`,
      { subnetId: subnet.id, routeTableId: table.id },
      child,
    );

  const internet = new InternetGateway(
    `${name}-internet`,
    { vpcId: vpc.id, tags: scope.named("internet") },
    child,
  );
  const publicTable = table("public");
  const isolatedTable = table("isolated");
  const toInternet = new Route(
    `${name}-public-internet`,
    {
      routeTableId: publicTable.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: internet.id,
    },
    child,
  );

  const layout: Layout = {
    publicSubnets: [],
    privateSubnets: [],
    isolatedSubnets: [],
    privateTables: [],
    routes: [toInternet],
  };
  let gateway: NatGateway | undefined;
  for (const zone of zones) {
    const open = subnet("public", zone);
    const closed = subnet("private", zone);
    const stores = subnet("isolated", zone);
    const privateTable = table(`private-${zone.zone}`);
    const atOpen = attach(`public-${zone.zone}`, open, publicTable);
    if (outbound === "zonal" || (outbound === "single" && !gateway)) {
      gateway = natGateway(scope, zone.zone, open, [internet, toInternet, atOpen]);
    }
    if (gateway) {
      layout.routes.push(
        new Route(
          `${name}-private-internet-${zone.zone}`,
          {
            routeTableId: privateTable.id,
            destinationCidrBlock: "0.0.0.0/0",
            natGatewayId: gateway.id,
          },
          child,
        ),
      );
    }
    layout.routes.push(
      atOpen,
      attach(`private-${zone.zone}`, closed, privateTable),
      attach(`isolated-${zone.zone}`, stores, isolatedTable),
    );
    layout.publicSubnets.push(open.id);
    layout.privateSubnets.push(closed.id);
    layout.isolatedSubnets.push(stores.id);
    layout.privateTables.push(privateTable);
  }
  return layout;
}

/** Forwards nothing unless its own subnet has a route to an attached internet gateway. */
function natGateway(
  scope: Scope,
  zone: string,
  subnet: Subnet,
  after: pulumi.Resource[],
): NatGateway {
  const address = new Eip(
    `${scope.name}-nat-${zone}`,
    { domain: "vpc", tags: scope.named(`nat-${zone}`) },
    { ...scope.child, dependsOn: after },
  );
  return new NatGateway(
    `${scope.name}-nat-${zone}`,
    { subnetId: subnet.id, allocationId: address.id, tags: scope.named(`nat-${zone}`) },
    { ...scope.child, dependsOn: after },
  );
}

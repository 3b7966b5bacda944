import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { isResolved, pointsTo } from "../pointer";
import { SUBNET_TYPES, VPC_TYPES } from "./interface";

const TABLE = "aws:ec2/routeTable:RouteTable";
const DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";
const TABLE_TYPES = [TABLE, DEFAULT_TABLE] as const;
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const MAIN_ASSOCIATION = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
const ROUTE = "aws:ec2/route:Route";

/** Properties of a route that name where it leads, and the kind of thing each names. */
const HOPS = {
  gatewayId: "internet-gateway",
  natGatewayId: "nat-gateway",
  egressOnlyGatewayId: "egress-only",
  transitGatewayId: "transit-gateway",
  vpcPeeringConnectionId: "peering",
  networkInterfaceId: "machine",
  vpcEndpointId: "endpoint",
} as const;

export type HopKind = (typeof HOPS)[keyof typeof HOPS];

/** Where a route leads. */
export interface Hop {
  readonly kind: HopKind;
  /** The gateway, where the plan holds it. */
  readonly target: Resource | undefined;
  readonly resource: Resource;
  readonly destination: string;
}

/** The way a subnet's packets take to the internet. */
export type WayOut =
  | { readonly known: true; readonly hop: Hop | undefined; readonly table: Resource | undefined }
  | { readonly known: false; readonly missing: string };

const GATEWAYS = [
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
] as const;

/** The route tables of a plan. */
export class Routes {
  private readonly graph: Graph;
  private readonly bySubnet = new Map<Resource, Resource[]>();
  private readonly byTable = new Map<Resource, Hop[]>();
  /** Routes of a VPC's main table, which has no resource of its own. */
  private readonly ofMain = new Map<Resource, Hop[]>();
  private readonly unresolved = new Set<Resource>();

  constructor(graph: Graph) {
    this.graph = graph;
    for (const association of graph.ofType(ASSOCIATION)) this.readAssociation(association);
    for (const table of graph.ofType(...TABLE_TYPES)) this.readInline(table);
    for (const route of graph.ofType(ROUTE)) this.readRoute(route);
  }

  /** The subnet's default route for IPv4; the more special routes lead to other private networks. */
  wayOut(subnet: Resource): WayOut {
    const tables = this.bySubnet.get(subnet);
    if (tables !== undefined && tables.length > 1)
      return { known: false, missing: `the route table of ${subnet.name}` };
    const table = tables?.[0];
    const hops = table === undefined ? this.mainHops(subnet) : (this.byTable.get(table) ?? []);
    if (hops === undefined)
      return { known: false, missing: `the main route table of the VPC of ${subnet.name}` };
    const hop = hops.find(({ destination }) => destination === "0.0.0.0/0");
    if (hop === undefined && table !== undefined && this.unresolved.has(table))
      return { known: false, missing: `a route of ${table.name}` };
    return { known: true, hop, table };
  }

  /** The table a subnet is associated with; undefined for the VPC's main table. */
  tableOf(subnet: Resource): Resource | undefined {
    return this.bySubnet.get(subnet)?.[0];
  }

  /** Every route of a subnet's table. */
  hopsOf(subnet: Resource): readonly Hop[] {
    const table = this.tableOf(subnet);
    return (table === undefined ? this.mainHops(subnet) : this.byTable.get(table)) ?? [];
  }

  /** A new VPC's main table leads nowhere but to the VPC itself. */
  private mainHops(subnet: Resource): Hop[] | undefined {
    const pointer = pointsTo(this.graph, subnet, subnet.at("vpcId"), VPC_TYPES);
    const [vpc] = pointer.targets;
    if (vpc === undefined || !isResolved(pointer)) return undefined;
    const main = this.graph
      .ofType(MAIN_ASSOCIATION, DEFAULT_TABLE)
      .find((each) => this.belongsTo(each, vpc));
    if (main === undefined) return this.ofMain.get(vpc) ?? [];
    if (main.type === DEFAULT_TABLE) return this.byTable.get(main) ?? [];
    const [table] = pointsTo(this.graph, main, main.at("routeTableId"), TABLE_TYPES).targets;
    return table === undefined ? undefined : (this.byTable.get(table) ?? []);
  }

  private belongsTo(main: Resource, vpc: Resource): boolean {
    const value = main.at(main.type === DEFAULT_TABLE ? "defaultRouteTableId" : "vpcId");
    return pointsTo(this.graph, main, value, VPC_TYPES).targets.includes(vpc);
  }

  private readAssociation(association: Resource): void {
    const subnets = pointsTo(this.graph, association, association.at("subnetId"), SUBNET_TYPES);
    const tables = pointsTo(this.graph, association, association.at("routeTableId"), TABLE_TYPES);
    for (const subnet of subnets.targets)
      this.bySubnet.set(subnet, [...(this.bySubnet.get(subnet) ?? []), ...tables.targets]);
  }

  private readInline(table: Resource): void {
    const routes = table.at("routes");
    if (routes.unknown) this.unresolved.add(table);
    for (const at of routes.items) {
      const hop = this.readHop(table, at, at.at("cidrBlock"));
      if (hop === undefined) this.unresolved.add(table);
      else append(this.byTable, table, hop);
    }
  }

  private readRoute(route: Resource): void {
    const value = route.at("routeTableId");
    const hop = this.readHop(route, route.props, route.at("destinationCidrBlock"));
    for (const table of pointsTo(this.graph, route, value, TABLE_TYPES).targets) {
      if (hop === undefined) this.unresolved.add(table);
      else append(this.byTable, table, hop);
    }
    for (const vpc of pointsTo(this.graph, route, value, VPC_TYPES).targets)
      if (hop !== undefined) append(this.ofMain, vpc, hop);
  }

  private readHop(resource: Resource, at: Value, destination: Value): Hop | undefined {
    const entry = Object.entries(HOPS).find(
      ([key]) => at.at(key).present && at.at(key).text !== "",
    );
    const text = destination.text;
    if (entry === undefined || (text === undefined && destination.unknown)) return undefined;
    const [key, kind] = entry;
    const pointer = pointsTo(this.graph, resource, at.at(key), GATEWAYS);
    const target = pointer.targets[0] ?? pointer.maybe[0];
    const real = target?.type === GATEWAYS[1] ? "nat-gateway" : kind;
    return { kind: real, target, resource, destination: text ?? "" };
  }
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { all, any, no, unknown, YES, type Answer } from "../answer";
import { isResolved, pointsTo } from "../pointer";
import { interfaceOf, subnetsIn, VPC_TYPES, vpcsOf, type Interface } from "./interface";
import type { Internet } from "./internet";
import type { AwsNode } from "./nodes";
import type { Routes } from "./routes";
import type { Traffic } from "./traffic";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const HTTPS = 443;
/** Services whose endpoints are entries of route tables. */
const BY_ROUTE = new Set(["s3", "dynamodb"]);

/** Ways from workloads to AWS's own services: image pulls, secrets, logs. */
export class ServiceApis {
  private readonly graph: Graph;
  private readonly traffic: Traffic;
  private readonly internet: Internet;
  private readonly routes: Routes;
  private readonly byService = new Map<string, Resource[]>();
  private readonly unnamed: Resource[] = [];

  constructor(graph: Graph, traffic: Traffic, internet: Internet, routes: Routes) {
    this.graph = graph;
    this.traffic = traffic;
    this.internet = internet;
    this.routes = routes;
    for (const endpoint of graph.ofType(ENDPOINT)) {
      const name = endpoint.at("serviceName");
      const service = /^com\.amazonaws\.[^.]+\.(.+)$/.exec(name.text ?? name.suffix)?.[1];
      if (service === undefined) this.unnamed.push(endpoint);
      else this.byService.set(service, [...(this.byService.get(service) ?? []), endpoint]);
    }
  }

  /** True if a node reaches a service such as `ecr.dkr` or `secretsmanager`. */
  reach(node: AwsNode, service: string): Answer {
    const named = this.byService.get(service) ?? [];
    const ways = named.map((endpoint) => this.byEndpoint(node, endpoint, service));
    const maybe = this.unnamed.map(({ name }) =>
      unknown(`the service of ${name} is not known yet`),
    );
    const answer = any([this.internet.outbound(node), ...ways, ...maybe], "");
    if (answer.verdict !== "no") return answer;
    return no(`no way to ${service}: ${answer.reasons.join("; ")}`);
  }

  private byEndpoint(node: AwsNode, endpoint: Resource, service: string): Answer {
    const kind = endpoint.at("vpcEndpointType");
    const isGateway = kind.absent ? BY_ROUTE.has(service) || !kind.unknown : kind.isWord("Gateway");
    return all(
      node.interfaces.map((own) =>
        all([
          this.sameVpc(own, endpoint),
          isGateway ? this.byRoute(own, endpoint) : this.byInterface(own, endpoint),
        ]),
      ),
    );
  }

  private sameVpc(own: Interface, endpoint: Resource): Answer {
    const vpcs = pointsTo(this.graph, endpoint, endpoint.at("vpcId"), VPC_TYPES);
    const { known, open } = vpcsOf(this.graph, own.subnets);
    const here = [...vpcs.targets.map(({ urn }) => urn), ...vpcs.outside];
    if (here.some((vpc) => known.has(vpc))) return YES;
    if (open || !isResolved({ ...vpcs, outside: [] }))
      return unknown(`the VPC of ${endpoint.name} is unknown`);
    return no(`${endpoint.name} is in another VPC`);
  }

  private byInterface(own: Interface, endpoint: Resource): Answer {
    const names = endpoint.at("privateDnsEnabled");
    if (names.unknown) return unknown(`privateDnsEnabled of ${endpoint.name} is unknown`);
    if (names.boolean !== true)
      return no(
        `${endpoint.name} does not answer under the service's own name (privateDnsEnabled)`,
      );
    const subnets = subnetsIn(this.graph, endpoint, [endpoint.at("subnetIds")]);
    if (endpoint.at("subnetIds").absent) return no(`${endpoint.name} stands in no subnet`);
    const target = interfaceOf(this.graph, endpoint, subnets, [endpoint.at("securityGroupIds")]);
    return all([this.traffic.allowed(own, target, HTTPS), this.resolves(own)]);
  }

  /** Private names of endpoints need both switches of the VPC. */
  private resolves(own: Interface): Answer {
    const { known } = vpcsOf(this.graph, own.subnets);
    const vpcs = [...known].flatMap((key) => this.graph.find(key) ?? []);
    return all(
      vpcs.map((vpc) => {
        const hostnames = vpc.at("enableDnsHostnames");
        if (vpc.at("enableDnsSupport").boolean === false)
          return no(`${vpc.name} answers no names (enableDnsSupport)`);
        if (hostnames.unknown) return unknown(`enableDnsHostnames of ${vpc.name} is unknown`);
        return hostnames.boolean === true || vpc.type === VPC_TYPES[1]
          ? YES
          : no(`${vpc.name} has no private names of endpoints (enableDnsHostnames)`);
      }),
    );
  }

  private byRoute(own: Interface, endpoint: Resource): Answer {
    const tables = pointsTo(this.graph, endpoint, endpoint.at("routeTableIds"), [
      "aws:ec2/routeTable:RouteTable",
      "aws:ec2/defaultRouteTable:DefaultRouteTable",
    ]);
    const associations = this.graph
      .ofType("aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation")
      .filter((each) =>
        pointsTo(this.graph, each, each.at("vpcEndpointId"), [ENDPOINT]).targets.includes(endpoint),
      )
      .flatMap(
        (each) =>
          pointsTo(this.graph, each, each.at("routeTableId"), ["aws:ec2/routeTable:RouteTable"])
            .targets,
      );
    const entered = new Set([...tables.targets, ...associations]);
    const bySubnet = own.subnets.targets.map((subnet) => {
      const table = this.routes.tableOf(subnet);
      if (table !== undefined && entered.has(table)) return YES;
      if (table === undefined || tables.blind || tables.outside.length > 0)
        return unknown(`the route table of ${subnet.name} is outside the plan`);
      return no(
        `${endpoint.name} has no entry in ${table.name}, the route table of ${subnet.name}`,
      );
    });
    const open = own.subnets.blind || own.subnets.outside.length > 0;
    return all([
      ...bySubnet,
      ...(open ? [unknown("a subnet is outside the plan")] : []),
      this.traffic.outToList(own, HTTPS, (peer) => peer.kind === "list"),
    ]);
  }
}

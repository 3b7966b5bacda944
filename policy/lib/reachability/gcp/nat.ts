import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { any, no, unknown, YES, type Answer } from "../answer";
import { pointsTo } from "../pointer";
import { networkIn, SUBNETWORK } from "./placement";

const ROUTER = "gcp:compute/router:Router";
const NAT = "gcp:compute/routerNat:RouterNat";

/** Cloud NAT gateways of a plan. */
export class NatGateways {
  private readonly graph: Graph;

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /** True if a gateway of the network translates for a subnetwork (or a connector's machines). */
  covers(subnetwork: Resource, network: string | undefined): Answer {
    const answers = this.graph.ofType(NAT).map((nat) => this.covered(nat, subnetwork, network));
    const where = subnetwork.at("region").text ?? "its region";
    const answer = any(answers, `no Cloud NAT covers ${subnetwork.name} in ${where}`);
    // A network outside the plan may have one outside the plan.
    if (
      answer.verdict === "no" &&
      (network === undefined || this.graph.find(network) === undefined)
    )
      return unknown(
        `whether the network of ${subnetwork.name} has a Cloud NAT is outside the plan`,
      );
    return answer;
  }

  private covered(nat: Resource, subnetwork: Resource, network: string | undefined): Answer {
    const [router] = pointsTo(this.graph, nat, nat.at("router"), [ROUTER]).targets;
    if (router === undefined) return unknown(`the router of ${nat.name} is outside the plan`);
    if (networkIn(this.graph, router, router.at("network")) !== network)
      return no(`${nat.name} belongs to another network`);
    const here = subnetwork.at("region").text;
    const there = nat.at("region").text ?? router.at("region").text;
    if (here !== undefined && there !== undefined && here !== there)
      return no(`${nat.name} is in ${there} and ${subnetwork.name} in ${here}`);
    if (!nat.at("sourceSubnetworkIpRangesToNat").isWord("LIST_OF_SUBNETWORKS")) return YES;
    const listed = nat.at("subnetworks");
    const { targets, blind } = pointsTo(this.graph, nat, listed, [SUBNETWORK]);
    if (targets.includes(subnetwork)) return YES;
    return blind
      ? unknown(`subnetworks of ${nat.name} are unknown`)
      : no(`${nat.name} leaves ${subnetwork.name} out`);
  }
}

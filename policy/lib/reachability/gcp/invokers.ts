import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import type { Admission } from "../model";
import { isResolved, pointsTo, type Pointer } from "../pointer";
import type { GcpNode } from "./network";

const SERVICE = "gcp:cloudrunv2/service:Service";
const ACCOUNT = "gcp:serviceaccount/account:Account";
const GRANTS = [
  "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
  "gcp:cloudrunv2/serviceIamBinding:ServiceIamBinding",
  "gcp:cloudrun/iamMember:IamMember",
  "gcp:cloudrun/iamBinding:IamBinding",
];
const INVOKES = /^roles\/(run\.(invoker|admin|developer)|editor|owner)$/;

/**
 * Who may call a Cloud Run service: not the network but its identity decides, as long as the service asks for one.
 * Grants on the whole project are outside what is looked at; rules on access tell them.
 */
export function invokersOf(graph: Graph, nodes: readonly GcpNode[], target: GcpNode): Admission[] {
  const open = target.resource.at("invokerIamDisabled");
  if (open.unknown || open.boolean === true) {
    const verdict = open.unknown ? "unknown" : "yes";
    const who = "everything that reaches its address";
    return [{ who, verdict, through: "invokerIamDisabled", sharing: "whole network" }];
  }
  return graph.ofType(...GRANTS).flatMap((grant): Admission[] => {
    const of = pointsTo(graph, grant, serviceIn(grant), [SERVICE]);
    const meant = isAbout(of, target.resource);
    const role = grant.at("role");
    if (meant === false || (role.text !== undefined && !INVOKES.test(role.text))) return [];
    const sure = meant === true && !role.unknown;
    const members = [...grant.at("member").each, ...grant.at("members").each];
    return members.flatMap((member) =>
      named(graph, nodes, grant, member).map((admission) => ({
        ...admission,
        ...(sure ? {} : { verdict: "unknown" as const }),
        through: grant.name,
      })),
    );
  });
}

const serviceIn = (grant: Resource): Value =>
  grant.at("name").present ? grant.at("name") : grant.at("service");

function isAbout(pointer: Pointer, service: Resource): boolean | undefined {
  if (pointer.targets.includes(service)) return true;
  return pointer.blind || pointer.maybe.includes(service) ? undefined : false;
}

type Named = Omit<Admission, "through">;

/** The workloads that run as a member; the member itself where it is none of the plan's. */
function named(graph: Graph, nodes: readonly GcpNode[], grant: Resource, member: Value): Named[] {
  const accounts = accountsIn(graph, grant, member);
  if (accounts.targets.length > 0) {
    return nodes
      .filter(({ resource }) =>
        accountsIn(graph, resource, accountOf(resource)).targets.some((account) =>
          accounts.targets.includes(account),
        ),
      )
      .map((node) => ({ node, who: node.name, verdict: "yes" }));
  }
  if (member.text !== undefined) return [{ who: member.text, verdict: "yes" }];
  return isResolved(accounts) ? [] : [{ who: member.path, verdict: "unknown" }];
}

function accountOf(resource: Resource): Value {
  const [own = resource.props] = ["template.serviceAccount", "template.template.serviceAccount"]
    .map((path) => resource.at(path))
    .filter(({ present }) => present);
  return own;
}

/** Accounts a property names: by reference, or by their address in `serviceAccount:address`. */
function accountsIn(graph: Graph, resource: Resource, value: Value): Pointer {
  const text = value.text?.replace(/^serviceAccount:/, "");
  if (text === undefined) return pointsTo(graph, resource, value, [ACCOUNT]);
  const targets = graph
    .ofType(ACCOUNT)
    .filter((account) => account.outputs.at("email").text === text);
  return { targets, maybe: [], outside: targets.length > 0 ? [] : [text], blind: false };
}

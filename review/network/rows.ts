import type { Verdict } from "../../policy/lib/reachability/answer";
import type { NetworkNode, NetworkReport } from "./report";

/** One line of the table: who, what, and the answer with its reason. */
export interface NetworkRow {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly meant: boolean;
  readonly verdict: Verdict;
  readonly because: string;
}

/** Words for a verdict. */
export const WORDS: Readonly<Record<Verdict, string>> = {
  yes: "yes",
  no: "no",
  unknown: "cannot tell yet",
};

/** Everything that connects, or might: the internet first, then what was meant, then what else is let in. */
export function networkRows({ nodes, uses, extras }: NetworkReport): NetworkRow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const nameOf = (id: string): string => byId.get(id)?.name ?? id;
  return [
    ...nodes.flatMap(fromInternet),
    ...uses.map((use) => ({
      ...{
        from: nameOf(use.client),
        to: nameOf(use.target),
        ports: portsOf(use.ports),
        meant: true,
      },
      ...{ verdict: use.verdict, because: use.reasons.join("; ") || `told by ${use.origin}` },
    })),
    ...extras.map((extra) => ({
      ...{ from: extra.who, to: nameOf(extra.store), meant: false, verdict: extra.verdict },
      ports: portsOf(byId.get(extra.store)?.ports ?? []),
      because: extra.sharing === undefined ? extra.through : `${extra.through}: ${extra.sharing}`,
    })),
  ];
}

function fromInternet(node: NetworkNode): NetworkRow[] {
  return node.internet.map(({ port, verdict, through }) => ({
    ...{ from: "the internet", to: node.name, meant: node.kind === "edge", verdict },
    ...{ ports: port === undefined ? "every port" : String(port), because: through },
  }));
}

function portsOf(ports: readonly number[]): string {
  return ports.length === 0 ? "unknown" : ports.join(", ");
}

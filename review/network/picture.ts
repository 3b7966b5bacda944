import type { Verdict } from "../../policy/lib/reachability/answer";
import { escape } from "../output/markup";
import type { Group } from "../picture/groups";
import { BOX, layOut, type Placed } from "../picture/layout";
import { boxShape, connector, drawing, textIn } from "../picture/shapes";
import { count } from "../result";
import type { NetworkReport } from "./report";

const ID = "network-picture";
const INTERNET = "internet";
const PEN: Readonly<Record<Verdict | "extra", string>> = {
  yes: 'stroke="#2f6f4f"',
  no: 'stroke="#a4262c" stroke-width="2" stroke-dasharray="2 4"',
  unknown: 'stroke="#5b6770" stroke-dasharray="6 4"',
  extra: 'stroke="#b35c00" stroke-width="1.5"',
};

interface Way {
  readonly from: string;
  readonly to: string;
  readonly pen: string;
  readonly label: string;
}

/** The network as inline SVG: the internet on top, then edges, workloads, and stores below. */
export function networkPicture(report: NetworkReport, source: string): string {
  const ways = waysOf(report);
  const groups = groupsOf(report, ways);
  const { placed, width, height } = layOut(groups);
  const byId = new Map(placed.map((box) => [box.group.id, box]));
  const lines = ways.flatMap(({ from, to, pen, label }) => {
    const [start, end] = [byId.get(from), byId.get(to)];
    return start === undefined || end === undefined ? [] : [connector(ID, start, end, pen, label)];
  });
  const summary = `${count(groups.length, "box", "boxes")}; green lines are ways that were meant and exist, dotted red ones are missing, dashed grey ones cannot be told yet, orange ones exist without being meant.`;
  return drawing(
    { id: ID, title: `Network of ${source}`, summary, width, height },
    [...lines, ...placed.map(drawNode)].join("\n"),
  );
}

function waysOf({ nodes, uses, extras }: NetworkReport): Way[] {
  return [
    ...nodes.flatMap(({ id, kind, internet }) =>
      internet.map(({ port, verdict }) => ({
        ...{ from: INTERNET, to: id, label: `${port ?? "every port"}` },
        pen: kind === "edge" || verdict !== "yes" ? PEN[verdict] : PEN.extra,
      })),
    ),
    ...uses.map(({ client, target, ports, verdict }) => ({
      ...{ from: client, to: target, label: ports.join(", "), pen: PEN[verdict] },
    })),
    ...extras.map(({ client, store, who, sharing, verdict }) => ({
      ...{ from: client ?? who, to: store, label: sharing ?? "not meant" },
      pen: verdict === "yes" ? PEN.extra : PEN.unknown,
    })),
  ];
}

function groupsOf({ nodes, extras }: NetworkReport, ways: readonly Way[]): Group[] {
  const needs = (id: string): string[] => [
    ...new Set(ways.filter(({ from }) => from === id).map(({ to }) => to)),
  ];
  const box = (id: string, name: string, kind: string): Group => ({
    ...{ id, name, kind, urns: [] },
    needs: needs(id),
  });
  const strangers = new Set(
    extras.filter(({ client }) => client === undefined).map(({ who }) => who),
  );
  return [
    ...(needs(INTERNET).length === 0 ? [] : [box(INTERNET, "the internet", "everybody")]),
    ...nodes.map(({ id, name, kind, ports }) =>
      box(id, name, ports.length === 0 ? kind : `${kind}, TCP ${ports.join(", ")}`),
    ),
    ...[...strangers].map((who) => box(who, who, "outside the plan")),
  ];
}

function drawNode(placed: Placed): string {
  const { name, kind } = placed.group;
  return `<g><title>${escape(`${name} (${kind})`)}</title>${boxShape(placed, 'stroke="#3b6ea5"')}${textIn(placed, 24, 13, "bold", name)}${textIn(placed, BOX.height - 16, 11, "normal", kind)}</g>`;
}

import { escape } from "../output/markup";
import { count, groupBy, type ReviewResult } from "../result";
import { groupResources, type Group } from "./groups";
import { layOut, type Placed } from "./layout";
import { boxShape, connector, drawing, textIn } from "./shapes";

const ID = "picture";
const LINE = 'stroke="#5b6770" stroke-opacity="0.55"';

/** Architecture of a plan as inline SVG: a box per component, a line to each it depends on, a mark where rules found something. */
export function architecture(result: ReviewResult): string {
  const groups = groupResources(result.plan.resources);
  const { placed, width, height } = layOut(groups);
  const byId = new Map(placed.map((box) => [box.group.id, box]));
  const findings = groupBy(result.violations, (finding) => finding.urn);
  const lines = placed.flatMap((box) =>
    withoutShortcuts(box.group, byId).flatMap((need) => {
      const target = byId.get(need);
      return target === undefined ? [] : [connector(ID, box, target, LINE)];
    }),
  );
  const boxes = placed.map((box) => {
    const wrong = box.group.urns.reduce((sum, urn) => sum + (findings.get(urn)?.length ?? 0), 0);
    return drawBox(box, wrong);
  });
  const summary = `${count(groups.length, "box", "boxes")}; a line leads from a box to what it depends on. What a way over other boxes tells already has no line of its own. Dashed boxes have violations.`;
  return drawing(
    { id: ID, title: `Architecture of ${result.plan.source}`, summary, width, height },
    `${lines.join("\n")}\n${boxes.join("\n")}`,
  );
}

function drawBox(placed: Placed, wrong: number): string {
  const { name, kind, urns } = placed.group;
  const mark = wrong === 0 ? "" : `, ${count(wrong, "violation")}`;
  const size = `${count(urns.length, "resource")}${mark}`;
  const pen =
    wrong === 0 ? 'stroke="#3b6ea5"' : 'stroke="#a4262c" stroke-width="2.5" stroke-dasharray="6 3"';
  return `<g><title>${escape(`${name} (${kind}): ${size}`)}</title>${boxShape(placed, pen)}${textIn(placed, 20, 13, "bold", name)}${textIn(placed, 37, 11, "normal", kind)}${textIn(placed, 53, 11, "normal", size)}</g>`;
}

/** A line that another way over a box in between tells already would only hide the rest. */
function withoutShortcuts(group: Group, byId: ReadonlyMap<string, Placed>): string[] {
  const reached = new Set<string>();
  const visit = (id: string): void => {
    for (const need of byId.get(id)?.group.needs ?? []) {
      if (reached.has(need) || need === group.id) continue;
      reached.add(need);
      visit(need);
    }
  };
  for (const need of group.needs) visit(need);
  const direct = group.needs.filter((need) => !reached.has(need));
  return direct.length === 0 ? [...group.needs] : direct;
}

import { escape } from "../output/markup";
import { count, groupBy, type ReviewResult } from "../result";
import { groupResources, type Group } from "./groups";
import { BOX, layOut, type Placed } from "./layout";

/** Characters that fit a box. */
const NAME_LENGTH = 26;

/** Architecture of a plan as inline SVG: a box per component, a line to each it depends on, a mark where rules found something. */
export function architecture(result: ReviewResult): string {
  const groups = groupResources(result.plan.resources);
  const { placed, width, height } = layOut(groups);
  const byId = new Map(placed.map((box) => [box.group.id, box]));
  const findings = groupBy(result.violations, (finding) => finding.urn);
  const lines = placed.flatMap((box) =>
    withoutShortcuts(box.group, byId).flatMap((need) => {
      const target = byId.get(need);
      return target === undefined ? [] : [line(box, target)];
    }),
  );
  const boxes = placed.map((box) => {
    const wrong = box.group.urns.reduce((sum, urn) => sum + (findings.get(urn)?.length ?? 0), 0);
    return drawBox(box, wrong);
  });
  const summary = `${count(groups.length, "box", "boxes")}; a line leads from a box to what it depends on. What a way over other boxes tells already has no line of its own.`;
  return `<svg role="img" aria-labelledby="picture-title picture-text" viewBox="-4 -4 ${width + 8} ${height + 8}" width="100%" style="max-width:${width + 8}px">
<title id="picture-title">Architecture of ${escape(result.plan.source)}</title><desc id="picture-text">${escape(summary)}</desc>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#5b6770"/></marker></defs>
${lines.join("\n")}\n${boxes.join("\n")}\n</svg><p>${escape(summary)} Dashed boxes have violations.</p>`;
}

function drawBox({ group, x, y }: Placed, wrong: number): string {
  const { width, height } = BOX;
  const mark = wrong === 0 ? "" : `, ${count(wrong, "violation")}`;
  const stroke =
    wrong === 0 ? 'stroke="#3b6ea5"' : 'stroke="#a4262c" stroke-width="2.5" stroke-dasharray="6 3"';
  const text = (dy: number, size: number, weight: string, content: string): string =>
    `<text x="${x + 10}" y="${y + dy}" font-size="${size}" font-weight="${weight}" fill="#1b1f23">${escape(content)}</text>`;
  return `<g><title>${escape(`${group.name} (${group.kind}): ${count(group.urns.length, "resource")}${mark}`)}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="#ffffff" ${stroke}/>${text(20, 13, "bold", fit(group.name))}${text(37, 11, "normal", fit(group.kind))}${text(53, 11, "normal", `${count(group.urns.length, "resource")}${mark}`)}</g>`;
}

function line(from: Placed, to: Placed): string {
  const down = to.y > from.y;
  const [x1, y1] = [from.x + BOX.width / 2, from.y + (down ? BOX.height : 0)];
  const [x2, y2] = [to.x + BOX.width / 2, to.y + (down ? 0 : BOX.height)];
  const bend = (y2 - y1) / 2;
  return `<path d="M${x1},${y1} C${x1},${y1 + bend} ${x2},${y2 - bend} ${x2},${y2}" fill="none" stroke="#5b6770" stroke-opacity="0.55" marker-end="url(#tip)"/>`;
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

function fit(text: string): string {
  return text.length <= NAME_LENGTH ? text : `${text.slice(0, NAME_LENGTH - 1)}…`;
}

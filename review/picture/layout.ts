import type { Group } from "./groups";

/** A box with its place, in pixels. */
export interface Placed {
  readonly group: Group;
  readonly x: number;
  readonly y: number;
}

/** Size of a box and of the gaps between boxes, in pixels. */
export const BOX = { width: 190, height: 62, gapX: 24, gapY: 56 };

/** Boxes side by side before a row continues below; fits a landscape page in print. */
const PER_ROW = 5;

/** Rows of boxes: what depends on nothing is at the bottom, every box above all it needs. */
export function layOut(groups: readonly Group[]): {
  placed: Placed[];
  width: number;
  height: number;
} {
  const depths = depthsOf(groups);
  const deepest = Math.max(0, ...depths.values());
  const placed: Placed[] = [];
  let row = 0;
  for (let depth = deepest; depth >= 0; depth--) {
    const members = groups.filter((group) => depths.get(group.id) === depth);
    for (let start = 0; start < members.length; start += PER_ROW) {
      members.slice(start, start + PER_ROW).forEach((group, column) => {
        placed.push({
          group,
          x: column * (BOX.width + BOX.gapX),
          y: row * (BOX.height + BOX.gapY),
        });
      });
      row++;
    }
  }
  const columns = Math.max(1, ...placed.map(({ x }) => x / (BOX.width + BOX.gapX) + 1));
  return {
    placed,
    width: columns * (BOX.width + BOX.gapX) - BOX.gapX,
    height: Math.max(1, row) * (BOX.height + BOX.gapY) - BOX.gapY,
  };
}

/** Length of the longest way down from each group; a way that comes back to its start is cut there. */
function depthsOf(groups: readonly Group[]): Map<string, number> {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const depths = new Map<string, number>();
  const open = new Set<string>();
  const visit = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    open.add(id);
    const below = (byId.get(id)?.needs ?? []).filter((need) => !open.has(need)).map(visit);
    open.delete(id);
    const depth = below.length === 0 ? 0 : Math.max(...below) + 1;
    depths.set(id, depth);
    return depth;
  };
  for (const group of groups) visit(group.id);
  return depths;
}

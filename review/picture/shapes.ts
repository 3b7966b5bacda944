import { escape } from "../output/markup";
import { BOX, type Placed } from "./layout";

/** Characters that fit a box. */
const NAME_LENGTH = 26;

/** Head of a drawing; `id` keeps two drawings of one page apart. */
export interface Heading {
  readonly id: string;
  readonly title: string;
  /** What a reader who does not see it should know. */
  readonly summary: string;
  readonly width: number;
  readonly height: number;
}

/** A drawing with its title, its summary and the tip of its arrows. */
export function drawing({ id, title, summary, width, height }: Heading, content: string): string {
  return `<svg role="img" aria-labelledby="${id}-title ${id}-text" viewBox="-4 -4 ${width + 8} ${height + 8}" width="100%" style="max-width:${width + 8}px">
<title id="${id}-title">${escape(title)}</title><desc id="${id}-text">${escape(summary)}</desc>
<defs><marker id="${id}-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#5b6770"/></marker></defs>
${content}\n</svg><p>${escape(summary)}</p>`;
}

/** The frame of a box; `pen` holds its stroke attributes. */
export function boxShape({ x, y }: Placed, pen: string): string {
  return `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6" fill="#ffffff" ${pen}/>`;
}

/** A line of text in a box, `dy` below its upper edge, cut to fit. */
export function textIn(
  { x, y }: Placed,
  dy: number,
  size: number,
  weight: string,
  content: string,
): string {
  return `<text x="${x + 10}" y="${y + dy}" font-size="${size}" font-weight="${weight}" fill="#1b1f23">${escape(fit(content))}</text>`;
}

/** An arrow from one box to another in drawing `id`, with a label beside its middle. */
export function connector(
  id: string,
  from: Placed,
  to: Placed,
  pen: string,
  label?: string,
): string {
  const down = to.y > from.y;
  const [x1, y1] = [from.x + BOX.width / 2, from.y + (down ? BOX.height : 0)];
  const [x2, y2] = [to.x + BOX.width / 2, to.y + (down ? 0 : BOX.height)];
  const bend = (y2 - y1) / 2;
  const path = `<path d="M${x1},${y1} C${x1},${y1 + bend} ${x2},${y2 - bend} ${x2},${y2}" fill="none" ${pen} marker-end="url(#${id}-tip)"/>`;
  if (label === undefined || label === "") return path;
  return `${path}<text x="${(x1 + x2) / 2 + 4}" y="${(y1 + y2) / 2}" font-size="10" fill="#1b1f23">${escape(label)}</text>`;
}

function fit(text: string): string {
  return text.length <= NAME_LENGTH ? text : `${text.slice(0, NAME_LENGTH - 1)}…`;
}

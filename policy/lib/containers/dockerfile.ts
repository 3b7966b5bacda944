/** What the image that comes out of a Dockerfile runs as. */
export interface FinalStage {
  /** The last USER on the way to the final image; undefined where there is none. */
  readonly user: string | undefined;
  /** The image the final stage starts from, after stages have been followed. */
  readonly base: string | undefined;
}

interface Stage {
  readonly name: string | undefined;
  readonly from: string;
  user: string | undefined;
}

/** Follows the final stage of a Dockerfile through the stages it is made from. */
export function finalStage(dockerfile: string): FinalStage {
  const stages: Stage[] = [];
  for (const line of logicalLines(dockerfile)) {
    const from = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line);
    if (from !== null)
      stages.push({ from: from[1] ?? "", name: from[2]?.toLowerCase(), user: undefined });
    const user = /^USER\s+(.+)$/i.exec(line);
    const last = stages.at(-1);
    if (user !== null && last !== undefined)
      last.user = (user[1] ?? "").trim().replace(/^["']|["']$/g, "");
  }
  let stage = stages.at(-1);
  const seen = new Set<Stage>();
  while (stage !== undefined && stage.user === undefined && !seen.has(stage)) {
    seen.add(stage);
    const name: string = stage.from.toLowerCase();
    const earlier: Stage | undefined = stages.find(
      (other) => other.name === name && !seen.has(other),
    );
    if (earlier === undefined) break;
    stage = earlier;
  }
  return { user: stage?.user, base: stage?.from };
}

/** Every image a Dockerfile starts from, stages of its own left out. */
export function baseImages(dockerfile: string): string[] {
  const names = new Set<string>();
  const images: string[] = [];
  for (const line of logicalLines(dockerfile)) {
    const from = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line);
    if (from === null) continue;
    const image = from[1] ?? "";
    if (!names.has(image.toLowerCase()) && image.toLowerCase() !== "scratch") images.push(image);
    if (from[2] !== undefined) names.add(from[2].toLowerCase());
  }
  return images;
}

function logicalLines(text: string): string[] {
  return text
    .replace(/\\\r?\n/g, " ")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

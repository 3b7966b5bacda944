import type { NetworkNode, NetworkReport } from "./report";

const SHAPES: Readonly<Record<NetworkNode["kind"], readonly [string, string]>> = {
  edge: ["{{", "}}"],
  workload: ["[", "]"],
  job: ["[/", "/]"],
  store: ["[(", ")]"],
};

/** Arrow per verdict: a way, no way, and one that nobody can tell yet. */
const ARROWS = { yes: "-->", no: "--x", unknown: "-.->" } as const;

/** The network as a Mermaid flow chart: solid arrows are ways, crosses are missing ones, dashes cannot be told yet. */
export function toMermaid({ nodes, uses, extras }: NetworkReport): string {
  const ids = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const lines = ["flowchart LR", '  internet(("the internet"))'];
  for (const { id, name, kind } of nodes) {
    const [open, close] = SHAPES[kind];
    lines.push(`  ${ids.get(id)}${open}"${quoted(name)}"${close}`);
  }
  for (const { id, internet } of nodes) {
    for (const { port, verdict } of internet)
      lines.push(`  internet ${ARROWS[verdict]}|"${port ?? "every port"}"| ${ids.get(id)}`);
  }
  for (const { client, target, ports, verdict } of uses)
    lines.push(`  ${ids.get(client)} ${ARROWS[verdict]}|"${ports.join(", ")}"| ${ids.get(target)}`);
  extras.forEach((extra, index) => {
    const from = extra.client === undefined ? `x${index}` : (ids.get(extra.client) as string);
    if (extra.client === undefined) lines.push(`  ${from}>"${quoted(extra.who)}"]`);
    const why = extra.sharing ?? "not meant";
    const arrow = extra.verdict === "yes" ? "==>" : "-.->";
    lines.push(`  ${from} ${arrow}|"${why}"| ${ids.get(extra.store)}`);
  });
  return `${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return text.replaceAll('"', "#quot;");
}

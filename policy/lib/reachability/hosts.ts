import type { Node } from "./model";

/** A host that a text names, with the port where it stands beside it. */
export interface NamedHost {
  readonly node: Node;
  readonly port: number | undefined;
}

/** Words that may be a host, with what stands around them. */
const WORD = /[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?/g;

/** The hosts of a plan, to be found in texts such as connection strings. */
export class Hosts {
  private readonly byHost = new Map<string, Node[]>();

  constructor(nodes: readonly Node[]) {
    for (const node of nodes) {
      for (const host of node.hosts) {
        const same = this.byHost.get(host);
        if (same === undefined) this.byHost.set(host, [node]);
        else same.push(node);
      }
    }
  }

  /** Hosts in a text. A name without a dot counts only where a host stands: in a URL, before a port, or alone. */
  in(text: string): NamedHost[] {
    if (this.byHost.size === 0 || text.length < 2) return [];
    const found: NamedHost[] = [];
    for (const match of text.matchAll(WORD)) {
      const word = match[0];
      const nodes = this.byHost.get(word);
      if (nodes === undefined) continue;
      const before = text.slice(0, match.index);
      const after = text.slice(match.index + word.length);
      const port = /^:(\d{1,5})(?!\d)/.exec(after)?.[1];
      const alone = /(^|=)$/.test(before) && /^$/.test(after);
      const inUrl = /(\/\/|@|host=)$/i.test(before);
      if (!word.includes(".") && port === undefined && !alone && !inUrl) continue;
      for (const node of nodes)
        found.push({ node, port: port === undefined ? undefined : Number(port) });
    }
    return found;
  }
}

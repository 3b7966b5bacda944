import os from "node:os";

/** One round of as many requests as there is time for. */
export interface Throughput {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
  readonly failed: number;
}

export interface LiveResults {
  readonly direct: Throughput;
  readonly guarded: Throughput;
  readonly bare: Throughput;
  readonly seconds: { readonly up: number; readonly release: number; readonly unchanged: number };
}

/** The page: figures of this machine, and ratios, which say more on another one. */
export function livePage(
  { direct, guarded, bare, seconds }: LiveResults,
  { load, engine, connections }: { load: number; engine: string; connections: number },
): string {
  const row = (name: string, { perSecond, p99, failed }: Throughput): string =>
    `| ${name} | ${perSecond.toFixed(0)} | ${(perSecond / direct.perSecond).toFixed(2)} | ${p99.toFixed(0)} ms | ${failed} |`;
  const [processor] = os.cpus();
  return `# Benchmark on a Docker host

Written by \`npm run bench -- live\` on ${new Date().toISOString().slice(0, 10)}; do not edit. LatticePolicy (stand-ins, staging profile) on a real
Docker engine ${engine}; ${connections} connections without pause, from a container on the same host, which takes its share
of the processors.

Machine: ${os.availableParallelism()} × ${processor?.model ?? "unknown processor"}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, Node.js ${process.versions.node}. Load average before: ${load.toFixed(1)}; above the number of processors other work was measured, too.

| Requests | per second | × direct | p99 | failed |
| --- | --- | --- | --- | --- |
${row("the application itself, HTTP", direct)}
${row("through Caddy, TLS, no firewall, no limits", bare)}
${row("through Caddy, TLS, firewall and limits", guarded)}

The edge has one processor and the application half of one. Limits are at work and so high that none is reached.

| Update | seconds |
| --- | --- |
| up from nothing to healthy | ${seconds.up.toFixed(0)} |
| a release, with 30 s for the old replica to finish | ${seconds.release.toFixed(0)} |
| nothing to change | ${seconds.unchanged.toFixed(0)} |
`;
}

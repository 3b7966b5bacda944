/** What one trial did and what came out. */
export interface Trial {
  /** Heading it stands under. */
  readonly group: string;
  /** What was done, in words. */
  readonly what: string;
  /** Where: the operation or resource that it struck. */
  readonly where: string;
  /** How the struck command ended. */
  readonly ended: string;
  /** Objects in the simulated cloud at that moment. */
  readonly left: number;
  /** Commands that brought the stack to its end, in order. */
  readonly then: string;
  /** The result, compared with an update that nothing disturbed. */
  readonly outcome: string;
}

/** The page of a run. */
export function reliabilityPage(
  trials: readonly Trial[],
  untried: readonly string[],
  when: Date,
  engine: string,
): string {
  const groups = [...new Set(trials.map(({ group }) => group))];
  const good = trials.filter(({ outcome }) => outcome === SAME).length;
  const parts = groups.map((group) => {
    const rows = trials
      .filter((trial) => trial.group === group)
      .map(
        ({ what, where, ended, left, then, outcome }) =>
          `| ${what} | ${where} | ${ended} | ${left} | ${then} | ${outcome} |`,
      );
    return [
      `## ${group}`,
      "",
      "| what was done | where | the command ended with | objects then | what followed | outcome |",
      "| --- | --- | --- | --- | --- | --- |",
      ...rows,
    ].join("\n");
  });
  const left = untried.length === 0 ? "" : `\n\nNot tried in this run: ${untried.join("; ")}.`;
  return `# Reliability

<!-- Written by test/sandbox/reliability.long.test.ts when RELIABILITY_PAGE=1. -->

What happens to a stack when an update is disturbed, tried in the sandbox: the real engine (Pulumi ${engine}), its real state
files, and a **simulated** AWS. Run on ${when.toISOString().slice(0, 10)}: ${trials.length} trials, ${good} ended in the same state as an update that nothing
disturbed, with no resource made twice and none left behind. The program has 22 cloud resources
(\`test/sandbox/fixtures/middle\`). Kills at every step of one update share its outcome.

After each trial the next update had to succeed, a preview had to find nothing to do, and state and cloud had to hold the same
resources, each once. Where the state was lost, \`recover\` tells the simulated cloud to hand over what it has under the same
names; with a real one, people import it (\`pulumi import\`). \`npm run test:long\` repeats the trials; \`RELIABILITY_PAGE=1 npm run test:long\` writes this page anew.${left}

${parts.join("\n\n")}
`;
}

/** The outcome everything shall have. */
export const SAME = "same state, no duplicate, no orphan";

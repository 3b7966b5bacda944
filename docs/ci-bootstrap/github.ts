/** Who signs the tokens of GitHub's workflows. */
export const ISSUER = "https://token.actions.githubusercontent.com";

/** What a workflow is about; each has an identity of its own. */
export const PURPOSES = ["plan", "apply", "drill"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The environment that a job names to get an identity: whoever may use it is decided on GitHub. */
export function environmentOf(purpose: Purpose, stack: string): string {
  return { plan: `preview-${stack}`, apply: stack, drill: `restore-drill-${stack}` }[purpose];
}

/** The one subject that an identity trusts: a job of this repository in that environment, from any branch. */
export const subjectOf = (repository: string, purpose: Purpose, stack: string): string =>
  `repo:${repository}:environment:${environmentOf(purpose, stack)}`;

/** The linter of GitHub's workflows on this machine, if there is one. */
export function findActionlint(env?: NodeJS.ProcessEnv): string | undefined;

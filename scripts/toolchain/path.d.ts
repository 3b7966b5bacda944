/** The first executable of that name on PATH, as a shell finds it. */
export function which(name: string, env: NodeJS.ProcessEnv): string | undefined;

/** Folder of the Pulumi toolchains, below the project's cache folder. */
export function cacheRoot(env: NodeJS.ProcessEnv): string;

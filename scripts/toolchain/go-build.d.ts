/** Why Go cannot be used here, or the environment to build with. */
export function goEnvironment(
  env: NodeJS.ProcessEnv,
): Promise<{ reason: string; env?: undefined } | { reason?: undefined; env: NodeJS.ProcessEnv }>;

import type { Environment } from "../../components/cloud";

/** Tags of every resource that takes them. Hyphens: Front Door refuses colons in tag names. */
export function tagsOf(environment: Environment): Record<string, string> {
  return {
    "portolan-system": environment.system,
    "portolan-stack": environment.stack,
    "portolan-profile": environment.profile,
    "managed-by": "pulumi",
  };
}

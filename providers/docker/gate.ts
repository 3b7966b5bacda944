import type { Container } from "@pulumi/docker/container";
import * as pulumi from "@pulumi/pulumi";
import { RandomUuid } from "@pulumi/random/randomUuid";

/**
 * A resource that exists only when the container has ended with exit code 0; what depends on it is
 * not touched otherwise. The provider reports an exit code and calls the container created all the
 * same. Waiting for health instead would gate once only: a container whose wait failed is in the
 * state, and the next update takes it for good. The exit code stays in the state, so it gates until
 * the container is replaced.
 */
export function endedWell(name: string, container: Container, parent: pulumi.Resource): RandomUuid {
  const code = pulumi
    .all([container.exitCode, container.urn, container.name])
    .apply(([code, urn, host]) => {
      if (code === 0) return "0";
      const how = code === undefined ? "has not ended" : `ended with exit code ${code}`;
      throw new pulumi.RunError(
        `${name} ${how}; nothing that depends on it was changed. Its output: docker logs ${host}. ` +
          `After removing the cause, run it again: pulumi up --replace '${urn}'`,
      );
    });
  return new RandomUuid(`${name}-ended-well`, { keepers: { run: container.id, code } }, { parent });
}

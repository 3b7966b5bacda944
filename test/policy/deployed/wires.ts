import type { PlainResource } from "../../../policy/lib/resource";
import { AWS_WIRES } from "./wires-aws";
import { AZURE_WIRES } from "./wires-azure";
import { DOCKER_WIRES } from "./wires-docker";
import { GCP_WIRES } from "./wires-gcp";
import type { Miswiring, Props, Wire } from "./wiring";

const WIRES: readonly Wire[] = [...AWS_WIRES, ...AZURE_WIRES, ...GCP_WIRES, ...DOCKER_WIRES];

/** Every way the tables know to wire a stack wrongly, one at a time. */
export function* miswiringsOf(all: readonly PlainResource[]): Generator<Miswiring> {
  for (const resource of all) {
    for (const { type, what, rules, only, spoil } of WIRES) {
      if (resource.type !== type || only?.(resource.props as Props, resource, all) === false)
        continue;
      for (const resources of spoil(resource, all))
        yield { text: `${type} ${resource.name}: ${what}`, rules, resources };
    }
  }
}

import * as pulumi from "@pulumi/pulumi";
import { builder, type Parity } from "../../components/builder";
import type {
  SecretBundleLinks,
  SecretBundleSpec,
  SecretRef,
} from "../../components/secret-bundle";
import type { SecretAttachment } from "./attachments";

const describe: Parity<SecretBundleSpec> = {
  entries:
    "kept in the stack's encrypted state; each workload gets a volume with its own as files of " +
    "mode 0440 and exports them at its start, so that no `docker inspect` shows them",
  customerKey: {
    unsupported: "there is no key service; the state's own secrets provider encrypts",
  },
};

export const secretBundle = builder({
  cloud: "docker",
  describe,
  resolve: (spec: SecretBundleSpec, { path, problems }) => {
    for (const [entry, source] of Object.entries(spec.entries)) {
      if (source.kind !== "existing") continue;
      problems.add(
        `${path}.entries.${entry}`,
        "a Docker host has no secret store; give the value with `pulumi config set --secret`",
      );
    }
    return spec;
  },
  build: ({ spec, links }: { spec: SecretBundleSpec; links: SecretBundleLinks }) => {
    const refs: Record<string, SecretRef> = {};
    for (const [name, value] of Object.entries(links.values)) {
      const source = spec.entries[name];
      const attachment: SecretAttachment = {
        cloud: "docker",
        value: pulumi.secret(value),
        generation: source?.kind === "generated" ? (source.generation ?? "") : "",
      };
      refs[name] = { name, attachment };
    }
    return { refs };
  },
});

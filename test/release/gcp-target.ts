import { sandbox, succeed } from "../support/deployed";
import type { Target } from "./failures";
import type { ReleasedStack } from "./support";
import { digestIn } from "./support";

const SERVICE = "gcp:cloudrunv2/service:Service";
const REGISTRY = "europe-west1-docker.pkg.dev/acme-policy-staging/lattice-policy-api-staging";

/** A property of the stack's only object whose id or name contains a text. */
function shown(stack: ReleasedStack, text: string): { id: string; outputs: Record<string, never> } {
  const list = succeed(sandbox(stack.project, "cloud", "list", text)).output;
  const [type = "", id = ""] = (list.split("\n")[0] ?? "").split("  ");
  const run = sandbox(stack.project, "cloud", "show", `${type} ${id}`);
  return JSON.parse(succeed(run).output) as ReturnType<typeof shown>;
}

/** LatticePolicy on Cloud Run. */
export const GCP: Target = {
  example: "lattice-policy-gcp",
  apiHost: "api.staging.example.com",
  jobExits: "gcp-job-exits.json",
  serviceType: SERVICE,
  revisionsCommand: "run revisions describe api-*",
  alarmsCommand: "monitoring alerts list",
  alarm: (stack) => {
    const { id } = shown(stack, "gcp:monitoring/alertPolicy:AlertPolicy");
    return [{ openTime: "$NOW", policy: { name: id, displayName: "API errors" }, state: "OPEN" }];
  },
  digestCommand: "artifacts docker images describe *lattice-policy-api:*",
  missing: "ERROR: (gcloud.artifacts.docker.images.describe) Image not found.",
  digest: (_stack, version) => digestIn(`${REGISTRY}/lattice-policy-api`, version),
  unsafe: {
    file: "providers/gcp/managed-postgres.ts",
    from: "ipv4Enabled: false",
    to: "ipv4Enabled: true",
    rule: /database-public-endpoint/,
  },
  goBack: (stack) => {
    const { id } = shown(stack, "services/api-");
    const revisions = JSON.parse(
      succeed(sandbox(stack.project, "cloud", "show", `${SERVICE} ${id}`)).output,
    ) as { outputs: { latestReadyRevision: string } };
    const before = previous(revisions.outputs.latestReadyRevision);
    const traffics = [
      { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision: before, percent: 100 },
    ];
    succeed(
      sandbox(
        ...[stack.project, "cloud", "edit", `${SERVICE} ${id}`],
        `traffics=${JSON.stringify(traffics)}`,
      ),
    );
  },
};

/** `api-00007-abc` came after `api-00006-abc`. */
const previous = (revision: string): string =>
  revision.replace(/\d{5}(?=-\w+$)/, (number) => String(Number(number) - 1).padStart(5, "0"));

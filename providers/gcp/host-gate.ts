import { InstanceIAMMember } from "@pulumi/gcp/compute";
import { IAMCustomRole } from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";
import { gcp, type ImageAttachment } from "./attachments";
import type { DockerHostLinks } from "../../components/docker-host";
import { foundation } from "./foundation";
import type { Machine } from "./host-machine";
import { foreignImage } from "./image";
import { parseReference } from "./image-reference";
import { memberOf } from "./identity";
import { plain, stackName } from "./names";
import { buildJob } from "./one-off-job";
import type { Scope } from "./scope";
import { settings } from "./settings";

const IMAGE = "docker.io/curlimages/curl:8.16.0";
/** User of the image. */
const UID = 100;
/** Seconds that a release may take: first boot, images, containers, their health. */
const TIMEOUT = 840;

/** A failure counts only if it was reported after this began: the machine tries again by itself. */
const SCRIPT = `
started=$(date +%s)
token=$(curl --silent --fail --header 'Metadata-Flavor: Google' \\
  http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token |
  sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
while true; do
  answer=$(printf 'Authorization: Bearer %s' "$token" | curl --silent --fail --header @- \\
    "https://compute.googleapis.com/compute/v1/$MACHINE/getGuestAttributes?queryPath=portolan/release" || true)
  report=$(printf '%s' "$answer" | tr -d '\\n' | sed -n 's/.*"value": *"\\([^"]*\\)".*/\\1/p')
  set -- $report
  if [ "\${1:-}" = "$REVISION" ] && [ "\${3:-}" = released ]; then echo "released $REVISION"; exit 0; fi
  if [ "\${1:-}" = "$REVISION" ] && [ "\${2:-0}" -gt "$started" ]; then echo "$report"; exit 1; fi
  sleep 5
done
`;

/** A job that ends with success once the machine has reported the release as carried out. */
export function releaseGate(
  scope: Scope,
  links: Pick<DockerHostLinks, "network">,
  { instance }: Machine,
  revision: pulumi.Output<string>,
  logDays: number,
): pulumi.Resource {
  const { parent, environment } = scope;
  const { project } = settings();
  const { apis, suffix } = foundation(scope);
  const name = `${scope.name}-released`;
  const image = foreignImage({ ...scope, name }, parseReference(IMAGE));
  const ready = gcp<ImageAttachment>(image.attachment).ready;
  const role = new IAMCustomRole(
    `${name}-reader`,
    {
      project,
      // A deleted role's id stays taken for weeks.
      roleId: pulumi.interpolate`${plain(stackName(name, environment, 50)).replace(/-/g, "_")}_${suffix.hex}`,
      title: `Reads the reports of ${scope.name} (${environment.system}, ${environment.stack})`,
      permissions: ["compute.instances.getGuestAttributes"],
    },
    { parent, dependsOn: [apis.iam] },
  );
  const spec = {
    command: ["sh", "-euc", SCRIPT],
    size: { cpu: 1, memoryMiB: 512 },
    uid: UID,
    gid: UID,
    env: {},
    secrets: {},
    opensHttps: false,
    egressTo: [],
    mounts: {},
    logDays,
    timeoutSeconds: TIMEOUT,
  };
  const given = {
    network: links.network,
    image,
    uses: [],
    secrets: {},
    files: {},
    archives: {},
    // Another machine has to carry out the same release again.
    env: { MACHINE: instance.id, MACHINE_NUMBER: instance.instanceId, REVISION: revision },
    after: ready,
  };
  const { completed } = buildJob({ name, spec, links: given, parent, environment }, (identity) => [
    new InstanceIAMMember(
      `${name}-reads`,
      {
        project,
        zone: instance.zone,
        instanceName: instance.name,
        role: role.name,
        member: memberOf(identity),
      },
      { parent, dependsOn: [identity.account] },
    ),
  ]);
  return completed;
}

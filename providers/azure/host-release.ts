import * as pulumi from "@pulumi/pulumi";
import type { DockerHostLinks, DockerHostSpec } from "../../components/docker-host";
import { containerFirewall } from "../machine/firewall";
import { mapValues, planned, registriesOf } from "../machine/plan";
import { releaseScript } from "../machine/release";
import type { SecretAttachment } from "./attachments";
import { backupScript, type BackupStore } from "./host-backup";
import { cloudFunctions } from "./host-cloud";

/** Where Azure answers a machine without being asked who it is: metadata, and its own agent. */
const METADATA = ["169.254.169.254", "168.63.129.16"];

/** The script of a release: what is described, with references and addresses filled in. */
export function hostRelease(request: {
  readonly spec: DockerHostSpec;
  readonly links: DockerHostLinks;
  readonly secrets: Readonly<Record<string, SecretAttachment>>;
  readonly store: BackupStore;
  readonly clientId: pulumi.Output<string>;
}): pulumi.Output<string> {
  const { spec, links, secrets, store, clientId } = request;
  return pulumi
    .all([
      pulumi.all(mapValues(links.images, ({ reference }) => reference)),
      pulumi.all(mapValues(secrets, (secret) => secret.url)),
      store.url,
      store.key.properties.secretUri,
      clientId,
    ])
    .apply(([images, urls, url, key, client]) => {
      const cloud = cloudFunctions(client, registriesOf(Object.values(images), ".azurecr.io"));
      return releaseScript(
        planned(spec, {
          images,
          secrets: urls,
          backup: (image) => backupScript(spec.backup, { image, url, key, cloud }),
          firewall: containerFirewall({
            outside: "eth0",
            metadata: METADATA,
            egress: spec.egress ?? "none",
          }),
          cloud,
        }),
      );
    });
}

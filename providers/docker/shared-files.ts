import { Container } from "@pulumi/docker/container";
import type * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import { builder, type Parity } from "../../components/builder";
import type { SharedFilesLinks, SharedFilesSpec } from "../../components/shared-files";
import type { FilesAttachment, NetworkAttachment } from "./attachments";
import { buildSafe, folderBackup } from "./backup";
import { KEEPER, sharedVolume } from "./keeper";
import { warn } from "./shortfall";

const describe: Parity<SharedFilesSpec> = {
  sizeGiB: "a named volume on the host's disk, which has no quota; watch the disk",
  uid: "the folder belongs to group 0, which containers of the stack are members of; its user writes there",
  gid: "as `uid`: new files take the folder's group",
  backupDays:
    "a compressed archive every day, encrypted to a key whose private half is only in the state, " +
    "kept so many days on the host",
  customerKey:
    "accepted with a warning: encrypt the host's disk; backups are encrypted in any case",
};

export const sharedFiles = builder({
  cloud: "docker",
  describe,
  resolve: (spec: SharedFilesSpec) => spec,
  build: ({ name, spec, links, parent, environment }) => {
    const { keeper } = attachmentOf<NetworkAttachment>(
      (links as SharedFilesLinks).network.attachment,
      "docker",
    );
    if (spec.customerKey) {
      warn(parent, `${name}.customerKey`, "volumes are as encrypted as the host's disk is");
    }
    const keep = { protect: environment.protected, retainOnDelete: environment.protected };
    const volume = sharedVolume(`${name}-files`, keeper, environment, parent, keep);
    if (spec.backupDays > 0) {
      const source = {
        image: keeper.image,
        user: `${spec.uid}:${spec.gid ?? spec.uid}`,
        volumes: { "/files": volume } satisfies Record<string, pulumi.Output<string>>,
        program: [KEEPER, "pack", "/files"],
        keep: `BACKUP_DAYS=${spec.backupDays}`,
      };
      const safe = buildSafe(name, keeper, environment, parent);
      new Container(`${name}-backup`, folderBackup(name, source, safe, keeper, environment), {
        parent,
        deleteBeforeReplace: true,
      });
    }
    const attachment: FilesAttachment = { cloud: "docker", volume };
    return { attachment };
  },
});

import type { app } from "@pulumi/azure-native/types/input";
import type { SharedFiles } from "../../components/shared-files";
import type { WorkloadSpec } from "../../components/workload";
import { azure, type FilesAttachment } from "./attachments";

type Files = Readonly<Record<string, SharedFiles>>;
type Spec = Pick<WorkloadSpec, "mounts"> & { readonly scratch: readonly string[] };

const filesOf = (files: SharedFiles | undefined): FilesAttachment => {
  if (!files) throw new Error("a mount names files that are not described");
  return azure<FilesAttachment>(files.attachment);
};

/** The file shares that a workload mounts. */
export const mounted = (files: Files): FilesAttachment[] => Object.values(files).map(filesOf);

/** Empty folders that end with the replica, and file shares that do not. */
export function volumes({ scratch }: Spec, files: Files): app.VolumeArgs[] {
  return [
    ...scratch.map((_folder, index) => ({ name: `scratch-${index}`, storageType: "EmptyDir" })),
    ...mounted(files).map(({ storageName, mountOptions }) => ({
      name: storageName,
      storageType: "AzureFile",
      storageName,
      mountOptions,
    })),
  ];
}

/** Where they are found inside the container. */
export function volumeMounts({ scratch, mounts = {} }: Spec, files: Files): app.VolumeMountArgs[] {
  return [
    ...scratch.map((mountPath, index) => ({ volumeName: `scratch-${index}`, mountPath })),
    ...Object.entries(mounts).map(([mountPath, name]) => ({
      volumeName: filesOf(files[name]).storageName,
      mountPath,
    })),
  ];
}

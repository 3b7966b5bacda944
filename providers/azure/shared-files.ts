import { refused } from "../../components/refused";
import type {
  SharedFilesLinks,
  SharedFilesOutputs,
  SharedFilesSpec,
} from "../../components/shared-files";

export const sharedFiles = refused<SharedFilesSpec, SharedFilesLinks, SharedFilesOutputs>(
  "azure",
  "SharedFiles",
  { sizeGiB: true, uid: true, gid: true, backupDays: true, customerKey: true },
  "it is not offered on this target yet",
);

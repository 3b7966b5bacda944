import { refused } from "../../components/refused";
import type { LogArchiveLinks, LogArchiveSpec } from "../../components/log-archive";

export const logArchive = refused<LogArchiveSpec, LogArchiveLinks, object>(
  "gcp",
  "LogArchive",
  { sources: true, archive: true, siem: true },
  "it is not offered on this target yet",
);

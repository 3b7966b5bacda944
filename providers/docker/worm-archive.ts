import { refused } from "../../components/refused";
import type {
  WormArchiveLinks,
  WormArchiveOutputs,
  WormArchiveSpec,
} from "../../components/worm-archive";

export const wormArchive = refused<WormArchiveSpec, WormArchiveLinks, WormArchiveOutputs>(
  "docker",
  "WormArchive",
  {
    retentionDays: true,
    mode: true,
    writers: true,
    coolAfterDays: true,
    coldAfterDays: true,
    accessLogDays: true,
  },
  "it is not offered on this target yet",
);

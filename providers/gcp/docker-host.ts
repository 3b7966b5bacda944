import { refused } from "../../components/refused";
import type {
  DockerHostLinks,
  DockerHostOutputs,
  DockerHostSpec,
} from "../../components/docker-host";

export const dockerHost = refused<DockerHostSpec, DockerHostLinks, DockerHostOutputs>(
  "gcp",
  "DockerHost",
  {
    cpu: true,
    memoryMiB: true,
    dataGiB: true,
    networks: true,
    volumes: true,
    containers: true,
    preload: true,
    entry: true,
    backup: true,
    egress: true,
    logDays: true,
  },
  "it is not offered on this target yet",
);

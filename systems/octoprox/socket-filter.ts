import type { HostContainer } from "../../components/docker-host";

/**
 * Speaks to the engine for others and lets through what it was told by name. Exec, build, secrets,
 * swarm and auth stay off, as the image has them. It shares a network with its client alone, so that
 * no workspace can reach port 2375.
 */
export const SOCKET_FILTER: Omit<HostContainer, "networks" | "env"> = {
  image: "socket-filter",
  uid: 65534,
  cpu: 0.1,
  memoryMiB: 64,
  scratch: ["/tmp", "/run"],
  engineSocket: true,
};

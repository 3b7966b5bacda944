import { builder, type Parity } from "../../components/builder";
import type { LogArchiveBuilder, LogArchiveSpec } from "../../components/log-archive";

const describe: Parity<LogArchiveSpec> = {
  sources: "their containers log to the SIEM by the engine's syslog driver, while they write",
  archive: {
    unsupported:
      "whoever is root of the host can rewrite its disk; leave the archive out and name a SIEM that keeps the lines",
  },
  siem: "syslog (RFC 5424) over TLS by the engine itself, and no other kind",
};

/** Containers are made with their log driver, from `links.siem`: nothing is left to build here. */
export const logArchive: LogArchiveBuilder = builder({
  cloud: "docker",
  describe,
  resolve: (spec: LogArchiveSpec, { path, problems }) => {
    const { siem } = spec;
    if (siem === undefined) {
      problems.add(`${path}.siem`, "is missing; a Docker host keeps no audit log by itself");
    } else if (siem.kind !== "syslog") {
      problems.add(
        `${path}.siem`,
        `the engine does not speak to ${siem.kind}; use {kind: syslog, address: host:6514}`,
      );
    }
    return spec;
  },
  build: () => ({}),
});

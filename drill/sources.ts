import type { Plan } from "../review/input/plan";
import { InputError } from "../review/input/problem";
import { aws } from "./clouds/aws";
import { azure } from "./clouds/azure";
import { gcp } from "./clouds/gcp";
import type { DrillCloud, Source } from "./cloud";

type Properties = Readonly<Record<string, unknown>>;

interface Kind {
  readonly cloud: DrillCloud;
  /** How the cloud's command line names it, and the place of it. */
  read(id: string, outputs: Properties): Omit<Source, "name">;
}

/** Types of database servers. */
const KINDS: Readonly<Record<string, Kind>> = {
  "aws:rds/instance:Instance": {
    cloud: aws,
    read: (_id, outputs) => ({ id: String(outputs["identifier"]), place: "" }),
  },
  "azure-native:dbforpostgresql:Server": {
    cloud: azure,
    read: (id) => {
      const [, place = "", name = ""] =
        /\/resourceGroups\/([^/]+)\/.*\/flexibleServers\/([^/]+)$/i.exec(id) ?? [];
      return { id: name, place };
    },
  },
  "gcp:sql/databaseInstance:DatabaseInstance": {
    cloud: gcp,
    read: (id, outputs) => ({
      id: String(outputs["name"] ?? id),
      place: String(outputs["project"]),
    }),
  },
};

/** The database servers of a stack, and the cloud that they are in. */
export function sourcesOf({ resources, source }: Plan): { source: Source; cloud: DrillCloud }[] {
  const found = resources.flatMap(({ type, name = "", id = "", outputs }) => {
    const kind = KINDS[type];
    if (kind === undefined) return [];
    return [
      { source: { name, ...kind.read(id, (outputs ?? {}) as Properties) }, cloud: kind.cloud },
    ];
  });
  if (found.length > 0) return found;
  const docker = resources.some(({ type }) => type.startsWith("docker:"));
  throw new InputError(
    docker
      ? `${source}: a Docker host has no service that restores; docs/docker-host.md says how its dump is put back, and the live tests do it.`
      : `${source}: there is no database server in this stack, and so nothing to restore.`,
  );
}

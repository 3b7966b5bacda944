import { SHARINGS, type Sharing } from "./reachability/sharing";

/** Parameters that rules share; in a config file they stand under `settings`. */
export interface Settings {
  /** Address ranges that count as inside: an opening to them is not an opening to the world. Default none. */
  readonly allowedCidrs: readonly string[];
  /** Ports any address may reach, at the edge. Default 80 and 443. */
  readonly publicPorts: readonly number[];
  /** Ports that count as database ports besides the known ones. Default none. */
  readonly databasePorts: readonly number[];
  /** Shortest accepted retention of logs in days. Default 30. */
  readonly minimumLogDays: number;
  /** Shortest accepted retention of automatic backups in days. Default 7. */
  readonly minimumBackupDays: number;
  /** Registries and repositories images may come from, as prefixes; empty accepts every one. Default empty. */
  readonly registries: readonly string[];
  /** The user images run as, by image name with `*` as wildcard, for targets whose plan cannot say it. Default none. */
  readonly imageUsers: Readonly<Record<string, string>>;
  /** Reasons for which more than a store's clients may reach it. Default: apps of one environment, which Azure cannot tell apart. */
  readonly acceptedSharing: readonly Sharing[];
  /** Services of AWS whose service-linked role every account has before a first deployment. Default none. */
  readonly preparedServices: readonly string[];
  /** True where the Docker hosts are managers of a swarm. Default false. */
  readonly swarm: boolean;
  /** Switches on the rules that want the customer's own keys. Default false. */
  readonly requireCustomerManagedKeys: boolean;
}

interface Setting {
  readonly schema: object;
  readonly fallback: unknown;
  readonly accepts: (value: unknown) => boolean;
  readonly wants: string;
  readonly doc: string;
}

const isTextList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === "string");
const isPortList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((item) => Number.isInteger(item) && item >= 0 && item <= 65535);
const isDays = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const isTextMap = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((item) => typeof item === "string");

const TEXTS = { type: "array", items: { type: "string" } };
const PORTS = { type: "array", items: { type: "integer", minimum: 0, maximum: 65535 } };
const DAYS = { type: "integer", minimum: 0 };

/** One table for the default, the check, the JSON schema and the documentation of every setting. */
export const SETTINGS: Readonly<Record<keyof Settings, Setting>> = {
  allowedCidrs: {
    schema: TEXTS,
    fallback: [],
    accepts: isTextList,
    wants: "a list of CIDR ranges",
    doc: "Address ranges that count as inside: an opening to them is not an opening to the world.",
  },
  publicPorts: {
    schema: PORTS,
    fallback: [80, 443],
    accepts: isPortList,
    wants: "a list of ports",
    doc: "Ports any address may reach, at the edge.",
  },
  databasePorts: {
    schema: PORTS,
    fallback: [],
    accepts: isPortList,
    wants: "a list of ports",
    doc: "Ports that count as database ports besides the known ones and those the plan's own stores listen on.",
  },
  minimumLogDays: {
    schema: DAYS,
    fallback: 30,
    accepts: isDays,
    wants: "a number of days",
    doc: "Shortest accepted retention of logs in days.",
  },
  minimumBackupDays: {
    schema: DAYS,
    fallback: 7,
    accepts: isDays,
    wants: "a number of days",
    doc: "Shortest accepted retention of automatic backups in days.",
  },
  registries: {
    schema: TEXTS,
    fallback: [],
    accepts: isTextList,
    wants: "a list of image prefixes",
    doc: "Registries and repositories images may come from, as prefixes; empty accepts every one.",
  },
  imageUsers: {
    schema: { type: "object", additionalProperties: { type: "string" } },
    fallback: {},
    accepts: isTextMap,
    wants: "a map of image name to user",
    doc: "The user images run as, by image name (`*` is a wildcard), where the plan itself cannot say it.",
  },
  acceptedSharing: {
    schema: { type: "array", items: { enum: SHARINGS } },
    fallback: ["same environment"],
    accepts: (value) =>
      Array.isArray(value) && value.every((item) => SHARINGS.includes(item as Sharing)),
    wants: `a list of ${SHARINGS.join(", ")}`,
    doc: "Reasons for which more than a store's clients may reach it; apps of one environment cannot be told apart by Azure's network.",
  },
  preparedServices: {
    schema: TEXTS,
    fallback: [],
    accepts: isTextList,
    wants: "a list of services such as ecs.amazonaws.com",
    doc: "Services of AWS whose service-linked role every account has before a first deployment, such as `ecs.amazonaws.com`.",
  },
  swarm: {
    schema: { type: "boolean" },
    fallback: false,
    accepts: (value) => typeof value === "boolean",
    wants: "true or false",
    doc: "Says that the Docker hosts are managers of a swarm.",
  },
  requireCustomerManagedKeys: {
    schema: { type: "boolean" },
    fallback: false,
    accepts: (value) => typeof value === "boolean",
    wants: "true or false",
    doc: "Switches on the rules that want the customer's own keys.",
  },
};

/** Settings with every default filled in; `problems` gets a sentence per wrong or unknown one. */
export function readSettings(
  given: Readonly<Record<string, unknown>>,
  problems: string[],
): Settings {
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(SETTINGS, key)) {
      problems.push(
        `settings.${key}: there is no such setting; known are ${Object.keys(SETTINGS).join(", ")}`,
      );
    }
  }
  const result = Object.entries(SETTINGS).map(([key, setting]) => {
    const value = given[key];
    if (value === undefined) return [key, setting.fallback];
    if (setting.accepts(value)) return [key, value];
    problems.push(`settings.${key}: ${JSON.stringify(value)} is not ${setting.wants}`);
    return [key, setting.fallback];
  });
  return Object.fromEntries(result) as Settings;
}

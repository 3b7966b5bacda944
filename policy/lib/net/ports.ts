import type { Value } from "../value/value";

/** Ports from one number to another, both included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export const EVERY_PORT: PortRange = { from: 0, to: 65535 };

/** Ports stores listen on. */
export const DATABASE_PORTS: Readonly<Record<number, string>> = {
  1433: "SQL Server",
  1434: "SQL Server",
  1521: "Oracle",
  2379: "etcd",
  2380: "etcd",
  2483: "Oracle",
  2484: "Oracle",
  3050: "Firebird",
  3306: "MySQL",
  4333: "mSQL",
  5432: "PostgreSQL",
  5433: "PostgreSQL",
  5439: "Redshift",
  5984: "CouchDB",
  6333: "Qdrant",
  6334: "Qdrant",
  6378: "Redis",
  6379: "Redis",
  6380: "Redis",
  6432: "PgBouncer",
  7000: "Cassandra",
  7001: "Cassandra",
  7199: "Cassandra",
  7473: "Neo4j",
  7474: "Neo4j",
  7687: "Neo4j",
  8086: "InfluxDB",
  8123: "ClickHouse",
  8182: "Neptune",
  8529: "ArangoDB",
  8983: "Solr",
  9000: "ClickHouse",
  9042: "Cassandra",
  9160: "Cassandra",
  9200: "Elasticsearch",
  9300: "Elasticsearch",
  9440: "ClickHouse",
  10255: "Cosmos DB for MongoDB",
  11211: "Memcached",
  11434: "Ollama",
  16379: "Redis",
  19530: "Milvus",
  26257: "CockroachDB",
  26379: "Redis Sentinel",
  27017: "MongoDB",
  27018: "MongoDB",
  27019: "MongoDB",
  28015: "RethinkDB",
  33060: "MySQL",
  50000: "Db2",
};

/** Stores that answer over UDP, too; the others are reached over TCP alone. */
const OVER_UDP = new Set([1434, 11211]);

/** The database ports that a protocol reaches. */
export function isDatabasePort(port: number, protocol: Protocol): boolean {
  return port in DATABASE_PORTS && (protocol !== "udp" || OVER_UDP.has(port));
}

/** Ports by which machines are administered. */
export const ADMIN_PORTS: Readonly<Record<number, string>> = {
  22: "SSH",
  23: "Telnet",
  2375: "Docker API",
  2376: "Docker API",
  3389: "RDP",
  5985: "WinRM",
  5986: "WinRM",
  10250: "kubelet",
};

/** Ports often used for other things too: they count only where the opening names them, not in a wide range. */
const AMBIGUOUS = new Set([7000, 7001, 8086, 8123, 9000, 50000]);

/** The listed ports that lie in a range. */
export function portsIn(range: PortRange, ports: Readonly<Record<number, string>>): NamedPort[] {
  return Object.keys(ports)
    .map(Number)
    .filter((port) => port >= range.from && port <= range.to)
    .filter((port) => !AMBIGUOUS.has(port) || isNarrow(range))
    .map((port) => ({ from: port, to: port, label: `${port} (${ports[port]})` }));
}

/** A port and how to call it. */
export interface NamedPort extends PortRange {
  readonly label: string;
}

function isNarrow(range: PortRange): boolean {
  return range.to - range.from < 10;
}

/** Reads `22`, `20-30`, `*` and lists of them with commas; undefined for anything else. */
export function parsePorts(text: string): PortRange[] | undefined {
  const trimmed = text.trim();
  if (trimmed === "*" || trimmed === "" || trimmed.toLowerCase() === "any") return [EVERY_PORT];
  const ranges = trimmed.split(",").map((part) => {
    const match = /^\s*(\d{1,5})\s*(?:[-:]\s*(\d{1,5})\s*)?$/.exec(part);
    return match === null
      ? undefined
      : { from: Number(match[1]), to: Number(match[2] ?? match[1]) };
  });
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

/** Transport protocols as rules see them; `other` has no ports. */
export type Protocol = "tcp" | "udp" | "all" | "other";

/** Reads a protocol by name or number; absent means all. */
export function parseProtocol(value: Value): Protocol {
  const text = (value.text ?? (value.number === undefined ? "-1" : String(value.number)))
    .trim()
    .toLowerCase();
  if (["-1", "all", "*", "any", ""].includes(text)) return "all";
  if (text === "6" || text === "tcp") return "tcp";
  return text === "17" || text === "udp" ? "udp" : "other";
}

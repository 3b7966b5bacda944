/** Images of stores, by the last part of their name, with the port they listen on. */
const STORES: readonly (readonly [RegExp, string, number])[] = [
  [
    /^(postgres|postgresql|postgis|timescaledb|timescaledb-ha|pgvector|cloudnative-pg|supabase-postgres)$/,
    "PostgreSQL",
    5432,
  ],
  [/^(mysql|mysql-server|mariadb|percona|percona-server)$/, "MySQL", 3306],
  [/^(redis|redis-stack|redis-stack-server|redis-cluster|valkey|keydb|dragonfly)$/, "Redis", 6379],
  [/^memcached$/, "Memcached", 11211],
  [/^(mongo|mongodb|mongodb-community-server|percona-server-mongodb)$/, "MongoDB", 27017],
  [/^(elasticsearch|opensearch)$/, "Elasticsearch", 9200],
  [/^(cassandra|scylla|scylladb)$/, "Cassandra", 9042],
  [/^(clickhouse|clickhouse-server)$/, "ClickHouse", 8123],
  [/^etcd$/, "etcd", 2379],
  [/^ollama$/, "Ollama", 11434],
  [/^(cockroach|cockroachdb)$/, "CockroachDB", 26257],
  [/^influxdb$/, "InfluxDB", 8086],
  [/^neo4j$/, "Neo4j", 7687],
  [/^couchdb$/, "CouchDB", 5984],
  [/^(oracle-xe|oracle-free|oracle-database)$/, "Oracle", 1521],
];

/** A store and the port it listens on unless it is told otherwise. */
export interface Store {
  readonly name: string;
  readonly port: number;
}

/** The store an image holds; undefined for anything else, exporters and consoles of stores included. */
export function storeOfImage(image: string | undefined): Store | undefined {
  if (image === undefined) return undefined;
  const path = (image.split("@")[0] ?? "").replace(/:[^/:]*$/, "");
  if (/(^|\/)mssql\/(rhel\/)?server$/.test(path)) return { name: "SQL Server", port: 1433 };
  const last = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const found = STORES.find(([pattern]) => pattern.test(last));
  return found === undefined ? undefined : { name: found[1], port: found[2] };
}

/**
 * Official images by major version, each pinned to a minor one. A digest, or a copy in another
 * registry, goes into `portolan-docker:images`. Source: the tags of the images `postgres` and
 * `redis` on Docker Hub.
 */
export const POSTGRES_IMAGES: Readonly<Record<string, string>> = {
  "15": "postgres:15.14-alpine3.22",
  "16": "postgres:16.10-alpine3.22",
  "17": "postgres:17.6-alpine3.22",
};

export const REDIS_IMAGES: Readonly<Record<string, string>> = {
  "7": "redis:7.4.5-alpine3.21",
  "8": "redis:8.2.1-alpine3.22",
};

/** The object store with write-once locks, and its client. */
export const STORE_IMAGES = {
  minio: "minio/minio:RELEASE.2025-09-07T16-13-09Z",
  mc: "minio/mc:RELEASE.2025-08-13T08-35-41Z",
} as const;

/** Users inside the official Alpine images. */
export const POSTGRES_USER = "70:70";
export const REDIS_USER = "999:1000";

/** What `postgres:*-alpine` brings: PostgreSQL's contrib modules and its procedural language. */
export const POSTGRES_EXTENSIONS: ReadonlySet<string> = new Set([
  "amcheck",
  "bloom",
  "btree_gin",
  "btree_gist",
  "citext",
  "cube",
  "dblink",
  "dict_int",
  "dict_xsyn",
  "earthdistance",
  "fuzzystrmatch",
  "hstore",
  "intarray",
  "isn",
  "lo",
  "ltree",
  "pageinspect",
  "pg_buffercache",
  "pg_freespacemap",
  "pg_prewarm",
  "pg_stat_statements",
  "pg_trgm",
  "pg_visibility",
  "pgcrypto",
  "pgrowlocks",
  "pgstattuple",
  "plpgsql",
  "postgres_fdw",
  "seg",
  "sslinfo",
  "tablefunc",
  "tsm_system_rows",
  "tsm_system_time",
  "unaccent",
  "uuid-ossp",
  "xml2",
]);

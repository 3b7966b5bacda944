#!/bin/sh
# A first start fills the data folder: POSTGRES_USER, POSTGRES_PASSWORD_FILE, POSTGRES_DB and
# POSTGRES_INITDB_ARGS mean what they mean to the official image. Without a password nothing starts.
set -eu
[ "${1:-}" = postgres ] || exec "$@"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  # Made beside and moved at the end, so that a first start that was cut short begins anew.
  draft="$PGDATA/.first-start"
  rm -rf "$draft"
  # shellcheck disable=SC2086 # several arguments
  initdb --pgdata="$draft" --username="${POSTGRES_USER:-postgres}" \
    --pwfile="${POSTGRES_PASSWORD_FILE:?is not set}" ${POSTGRES_INITDB_ARGS:-}
  printf 'CREATE DATABASE "%s";\n' "${POSTGRES_DB:-postgres}" |
    postgres --single -D "$draft" -c hba_file="$draft/pg_hba.conf" postgres >/dev/null
  version="$draft/PG_VERSION"
  mv "$version" "$PGDATA/.version"
  mv "$draft"/* "$PGDATA/"
  rmdir "$draft"
  mv "$PGDATA/.version" "$PGDATA/PG_VERSION"
fi
exec "$@"

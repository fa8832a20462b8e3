#!/usr/bin/env bash
# Writes the checked queries of the server to a folder (default: .sqlx, which is committed). Needs DATABASE_URL: run it under
# with-postgres.sh. `cargo sqlx prepare` does the same; this saves everyone its installation.
set -euo pipefail
out=${1:-$PWD/.sqlx}
for file in migrations/*.up.sql; do
  psql -q -v ON_ERROR_STOP=1 "$DATABASE_URL" -f "$file"
done
rm -rf "$out" && mkdir -p "$out"
touch src/lib.rs
SQLX_OFFLINE=false SQLX_OFFLINE_DIR=$out cargo check --package firstline --all-targets

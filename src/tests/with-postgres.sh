#!/usr/bin/env bash
# Runs a command with DATABASE_URL naming a throw-away Postgres of its own (15 or later), and removes it afterwards.
# Works as root too: Postgres itself then runs as the user postgres, else nobody.
set -euo pipefail

bin=${FIRSTLINE_POSTGRES_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)}
[ -n "$bin" ] || bin=$(dirname "$(command -v postgres)") || {
  echo 'with-postgres: no Postgres found: apt-get install postgresql' >&2
  exit 1
}
folder=$(mktemp -d /tmp/firstline-test.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
  user=$(id -un postgres 2>/dev/null || echo nobody)
  chown "$user" "$folder"
  as=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups)
fi
stop() {
  [ -e "$folder/data/postmaster.pid" ] && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop
  rm -rf "$folder"
}
trap stop EXIT

cd "$folder"
"${as[@]}" "$bin/initdb" -D data -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 >initdb.log
# Nothing here outlives the run, so it need not survive a power cut; what must survive a crash has tests of its own. A
# measurement asks for FSYNC=on.
"${as[@]}" "$bin/pg_ctl" -D data -s -w -l server.log \
  -o "-k $folder -c listen_addresses= -c fsync=${FSYNC:-off} -c max_connections=200" start
cd "$OLDPWD"
export PATH=$bin:$PATH
export DATABASE_URL="postgres://postgres@${folder//\//%2F}/postgres"
"$@"

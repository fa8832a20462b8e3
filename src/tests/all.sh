#!/usr/bin/env bash
# Everything CI runs, stage by stage, with the minutes of each and one summary at the end: `make test`.
set -uo pipefail
cd "$(dirname "$0")/../.."

target=${CARGO_TARGET_DIR:-target}
logs=$target/test-logs
mkdir -p "$logs"
begun=$SECONDS
passed=0 failed=0
rows=()

# stage NAME COMMAND…: runs it, shows what it prints, keeps the log. A failure does not stop the stages that do not need it.
stage() {
  local name=$1 started=$SECONDS state log
  shift
  log=$logs/$(tr -c 'a-z0-9\n' '-' <<<"$name").log
  printf '\n== %s\n' "$name"
  if "$@" 2>&1 | tee "$log"; then
    state=passed
    passed=$((passed + 1))
  else
    state=FAILED
    failed=$((failed + 1))
  fi
  rows+=("$(printf '%-28s %-7s %5.1f min' "$name" "$state" "$(((SECONDS - started) * 10 / 6))e-2")")
  [ "$state" = passed ]
}

# What a build needs, once; without it nothing else makes sense.
needed() {
  stage "$@" && return
  summary
  exit 1
}

summary() {
  printf '\n== summary\n'
  printf '%s\n' "${rows[@]}"
  local skipped
  skipped=$(cat "$logs"/*.log 2>/dev/null | grep -c '^SKIPPED: ')
  [ "$skipped" -eq 0 ] || { printf '\nskipped here:\n'; grep -h '^SKIPPED: ' "$logs"/*.log | sort -u; }
  printf '\n%s in %d min %02d s; budget 35 min with tools present, 75 with nothing present\n' \
    "$([ "$failed" -eq 0 ] && echo 'all stages passed' || echo "$failed stages FAILED")" \
    $(((SECONDS - begun) / 60)) $(((SECONDS - begun) % 60))
  printf 'stages: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
}

clippy() {
  cargo clippy --workspace --all-targets -- -D warnings &&
    cargo clippy -p engine --test oracles -- -D warnings &&
    cargo clippy -p app --lib --target wasm32-unknown-unknown --features hydrate -- -D warnings
}

# The committed descriptions of the queries are those of the queries in the code.
fresh_sql() {
  src/tests/with-postgres.sh src/tests/prepare-sql.sh "$target/sqlx" && diff -rq .sqlx "$target/sqlx"
}

rm -f "$logs"/*.log
needed 'tools' make test-tools
stage 'formatting' cargo fmt --all --check
needed 'browser bundle' make bundle
stage 'clippy' clippy
stage 'queries are fresh' fresh_sql
stage 'unit and integration tests' src/tests/with-postgres.sh cargo test --workspace
stage 'engine against real systems' make oracles
stage 'release build' make release || { summary; exit 1; }
stage 'content check' "$target/release/firstline" content check
stage 'scenarios are sound' "$target/release/firstline" tickets prove --seeds 50
stage 'end-to-end tests' make end2end
stage 'crash test, 5 rounds' make crash ROUNDS=5
summary
[ "$failed" -eq 0 ]

# Firstline's commands. `make run` needs Rust and, where it is to install what is missing, Debian's packages.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.SUFFIXES:

TARGET := $(or $(CARGO_TARGET_DIR),target)
SITE := $(TARGET)/site
SERVER := $(TARGET)/release/firstline
BUNDLER := $(TARGET)/debug/bundle
COMPILED := $(TARGET)/wasm32-unknown-unknown/wasm-release
WASM := $(TARGET)/modules/app.wasm
BENCH_WASM := $(TARGET)/modules/bench.wasm
ENGINE_WASM := $(TARGET)/modules/engine.wasm
MODULES := $(WASM) $(BENCH_WASM) $(ENGINE_WASM)
SCRIPTS := app/bundle/start.js app/bundle/service-worker.js app/bundle/engine-worker.js
WASM_TARGET := $(TARGET)/wasm-target-$(shell rustc -vV 2>/dev/null | sed -n 's/^release: //p')
HAS_NPM := $(shell command -v npm)
WASM_OPT := app/bundle/node_modules/.bin/wasm-opt
STYLES := $(shell find style -type f)

comma := ,

# $(call step,NAME,COMMAND): runs a command and says how long it took.
step = @begun=$$(date +%s%N); $(2); spent=$$((($$(date +%s%N) - begun) / 100000000)); \
  printf '%-34s %4d.%d s\n' '$(1)' $$((spent / 10)) $$((spent % 10))

.PHONY: run release bundle tools test-tools linker postgres node chromium dev content sqlx test end2end oracle-tools oracles crash fuzz bench help clean FORCE

## Prepare what is missing, build in release mode, start, print the address. ARGS are handed to the program.
run: tools release
	@exec $(SERVER) $(ARGS)

## The program: one file with the browser files, styles, migrations and content inside.
release: $(SITE)/manifest.json
	$(call step,server,cargo build --quiet --release --package firstline --bin firstline)

## The files that browsers load, in $(SITE).
bundle: $(SITE)/manifest.json

$(SITE)/manifest.json: $(MODULES) $(BUNDLER) $(STYLES) $(SCRIPTS)
	$(call step,browser files,WASM_OPT=$(WASM_OPT) $(BUNDLER) $(MODULES) $(SITE))

# $(call module,PACKAGE,FEATURES): compiles a module for browsers and keeps it. Cargo knows best what has changed; a module that
# has not is left alone. It names a module by its package alone, so the two of `app` are made one after the other and copied.
module = cargo rustc --quiet --package $(1) --lib --crate-type cdylib --features $(2) --target wasm32-unknown-unknown \
    --profile wasm-release; mkdir -p $(@D); cmp -s $(COMPILED)/$(1).wasm $@ || cp $(COMPILED)/$(1).wasm $@

$(WASM): $(WASM_TARGET) FORCE
	$(call step,WebAssembly,$(call module,app,hydrate))

$(BENCH_WASM): $(WASM_TARGET) FORCE | $(WASM)
	$(call step,WebAssembly of tickets,$(call module,app,hydrate$(comma)bench))

$(ENGINE_WASM): $(WASM_TARGET) FORCE
	$(call step,WebAssembly of the engine,$(call module,engine,worker))

$(BUNDLER): $(if $(HAS_NPM),$(WASM_OPT)) FORCE
	$(call step,bundler,cargo build --quiet --package bundle)

$(WASM_TARGET):
	@mkdir -p $(TARGET)
	$(call step,wasm32 target,app/bundle/wasm-target.sh && touch $@)

## What is needed beside Rust: a linker, the WebAssembly target, wasm-opt where there is npm, Postgres.
tools: linker $(WASM_TARGET) $(if $(HAS_NPM),$(WASM_OPT),no-npm) postgres

linker:
	@command -v cc >/dev/null || { $(call install,gcc libc6-dev,A C linker); }

$(WASM_OPT): app/bundle/package-lock.json
	$(call step,wasm-opt,npm ci --prefix app/bundle --ignore-scripts --no-audit --no-fund --silent && touch $@ \
	  || echo 'npm could not fetch wasm-opt: the browser bundle stays twice as long as it need be. Try again later.')

.PHONY: no-npm
no-npm:
	@echo 'There is no npm: the browser bundle stays twice as long as it need be (apt-get install npm).'

## Postgres 15 or later, unless DATABASE_URL names one.
postgres:
	@if [ -z "$${DATABASE_URL:-}$${FIRSTLINE_DATABASE_URL:-}$${FIRSTLINE_DATABASE_URL_FILE:-}$${FIRSTLINE_POSTGRES_BIN:-}" ] \
	  && ! command -v initdb >/dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then \
	  $(call install,postgresql,Postgres 15 or later); fi

# $(call install,PACKAGES,WHAT): installs Debian packages as root, else says which command does. Debian would also start a
# database of its own for the whole machine; Firstline does not need it.
install = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
    begun=$$SECONDS; mkdir -p /etc/postgresql-common/createcluster.d; \
    [ "$(1)" != postgresql ] || echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.d/firstline.conf; \
    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $(1) >/dev/null; \
    echo "$(2): installed $(1) in $$((SECONDS - begun)) s"; \
  else echo '$(2) is missing. Install it: sudo apt-get install $(1)' >&2; exit 1; fi

## A debug build that reads styles and scripts from disk.
dev: bundle
	cargo run --quiet --package firstline -- $(ARGS)

## Check the content: every mistake with file and line, then counts.
content:
	cargo run --quiet --package firstline -- content check $(ARGS)

## The checked queries (.sqlx) anew, after a change to SQL or to the schema.
sqlx:
	src/tests/with-postgres.sh src/tests/prepare-sql.sh

## Everything that continuous integration runs, with a summary at the end.
test:
	@src/tests/all.sh

## What the tests need beside the tools: npm's Playwright and axe, Debian's Chromium.
test-tools: tools node chromium end2end/node_modules/.package-lock.json oracle-tools

## What the engine is compared with: Linux namespaces, Open vSwitch, dnsmasq, nftables, the parser library jc.
oracle-tools:
	@src/tests/oracle-tools.sh

node:
	@command -v npm >/dev/null || { $(call install,nodejs npm,Node with npm); }

chromium:
	@command -v chromium >/dev/null || { $(call install,chromium fonts-dejavu-core,Chromium); }

end2end/node_modules/.package-lock.json: end2end/package-lock.json
	$(call step,Playwright and axe,PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix end2end --no-audit --no-fund --silent && touch $@)

## Journeys in a real browser against the release.
end2end: test-tools release
	@FIRSTLINE_BINARY=$(abspath $(SERVER)) npm test --silent --prefix end2end

ROUNDS ?= 20

## Kill the server while 50 clients answer and 100 sit exams, ROUNDS times; then Postgres under it.
crash: release
	@FIRSTLINE_BINARY=$(abspath $(SERVER)) cargo test --quiet --package firstline --test crash -- $(ROUNDS)

## The engine against real systems: the same networks as a model and as Linux, Open vSwitch, dnsmasq, nftables; texts read by jc;
## the compiled WebAssembly in Node. ORACLE_TOPOLOGIES and ORACLE_SEED choose other networks.
oracles: oracle-tools
	cargo test --quiet --release --package engine --test oracles

## Speed and memory of the engine, of tickets and exams on the server and of a debrief in the browser against their goals; exit code 1 on a miss.
bench: test-tools release
	@missed=0; cargo bench --quiet --package engine --bench engine || missed=1; \
	FSYNC=on src/tests/with-postgres.sh cargo bench --quiet --package firstline --bench load || missed=1; \
	FIRSTLINE_BINARY=$(abspath $(SERVER)) npm run --silent bench --prefix end2end || missed=1; exit $$missed

## Mangle content files, command lines, scripts and logs ROUNDS times: complaints, never a panic. FUZZ_SEED names another seed.
fuzz: ROUNDS := $(if $(filter command line,$(origin ROUNDS)),$(ROUNDS),50000)
fuzz:
	FUZZ_ROUNDS=$(ROUNDS) cargo test --quiet --package firstline --test integration -- --nocapture content::bank::mangled
	FUZZ_ROUNDS=$(ROUNDS) cargo test --quiet --release --package engine --test rules -- --nocapture fuzz

## These lines.
help:
	@awk '/^## /{text=substr($$0,4);next} /^[a-z0-9-]+:/{if(text!=""){sub(/:.*/,"",$$1);printf "make %-12s %s\n",$$1,text}} {text=""}' $(MAKEFILE_LIST)

## Remove everything that was built.
clean:
	cargo clean --quiet
	rm -rf $(SITE) $(SITE:site=site.cache) app/bundle/node_modules end2end/node_modules

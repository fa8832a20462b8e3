#!/usr/bin/env bash
# Prepares Rust's target wasm32-unknown-unknown, which the browser bundle is compiled for. Does nothing when it is ready.
#
#   1. ready: a small program compiles and links for it;
#   2. else `rustup target add`;
#   3. else, where rustup or its server is not to be had, on Debian: the standard library's source of this very rustc version
#      from Debian's rust-src package (found among Debian's suites, its signature checked by apt, nothing installed
#      system-wide), compiled for the target once, and put where rustup would have put it. About a minute on two cores.
#
# WASM_TARGET_SRC=FILE         the source for step 3 from a file: a rust-src .deb, or a tar that holds library/
# WASM_TARGET_SKIP_RUSTUP=1    goes straight to step 3
set -euo pipefail

target=wasm32-unknown-unknown
started=$SECONDS
say() { printf 'wasm-target: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

command -v rustc >/dev/null || die 'there is no rustc: install Rust first, see https://rustup.rs'
sysroot=$(rustc --print sysroot)
release=$(rustc -vV | sed -n 's/^release: //p')
commit=$(rustc -vV | sed -n 's/^commit-hash: //p')
rustlib=$sysroot/lib/rustlib
stamp=$rustlib/$target/built-by-wasm-target.sh

work=$(mktemp -d "${TMPDIR:-/tmp}/wasm-target.XXXXXX")
trap 'rm -rf "$work"' EXIT

# A real compile and link, so that a std left by another rustc does not count.
works() {
  printf '%s\n' '#[no_mangle] pub extern "C" fn f() -> usize {' \
    'format!("{:?}", std::collections::BTreeMap::from([(1, 2.5f64)])).len() }' > "$work/probe.rs"
  rustc --edition 2021 --crate-type cdylib --target "$target" -C lto=fat -C opt-level=1 \
    -o "$work/probe.wasm" "$work/probe.rs" >"$work/probe.log" 2>&1
}

if [ -d "$rustlib/$target/lib" ] && works; then
  say "$target is ready (rustc $release)"
  exit 0
fi

if [ -e "$stamp" ]; then
  say "the std built here before does not fit rustc $release any more: making it anew"
  # A later 'rustup target add' of the same release beside it makes two candidates (E0464).
  if [ -e "$rustlib/manifest-rust-std-$target" ]; then rustup target remove "$target" >/dev/null 2>&1 || true; fi
  rm -rf "${rustlib:?}/$target"
fi

if [ -z "${WASM_TARGET_SKIP_RUSTUP:-}" ] && command -v rustup >/dev/null \
  && [ "$(command -v rustc)" != /usr/bin/rustc ]; then
  if RUSTUP_MAX_RETRIES=0 timeout 120 rustup target add "$target" >"$work/rustup.log" 2>&1 && works; then
    say "$target added by rustup in $((SECONDS - started)) s"
    exit 0
  fi
  say "rustup could not add it ($(sed -n 's/^error: //p' "$work/rustup.log" | head -1)): building std from Debian's rust-src"
fi

[ -w "$rustlib" ] || die "cannot write $rustlib: run as its owner, or 'rustup target add $target'"
[ -e "$rustlib/manifest-rust-std-$target" ] && die "rustup's own $target is there but broken: 'rustup target remove $target', then run this again"
exec 9>"$rustlib/.wasm-target.lock"
command -v flock >/dev/null && flock 9
if [ -d "$rustlib/$target/lib" ] && works; then exit 0; fi

# --- the source ---------------------------------------------------------------

unpack() { # the library/ tree of a .deb or tar to $work/library
  mkdir -p "$work/src"
  case $1 in
    *.deb) dpkg-deb --fsys-tarfile "$1" | tar -x -C "$work/src" \
      --wildcards --no-wildcards-match-slash './usr/src/*/library' ;;
    *) tar -xf "$1" -C "$work/src" ;;
  esac
  local found
  found=$(find "$work/src" -path '*/library/sysroot/Cargo.toml' | awk '{print length, $0}' | sort -n | head -1 | cut -d' ' -f2-)
  [ -n "$found" ] || die "no library/sysroot in $1"
  mv "$(dirname "$(dirname "$found")")" "$work/library"
}

apt_private() { # apt with its own lists and cache, and only the given suite
  local tool=$1; shift
  "$tool" -o Dir::Etc::SourceList="$work/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
    -o Dir::State="$work/apt/state" -o Dir::State::status="$work/apt/status" \
    -o Dir::Cache="$work/apt/cache" -o APT::Sandbox::User="$(id -un)" \
    -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false \
    -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false "$@"
}

mirror() { # the mirror this machine's own apt uses; $1: its suites to look for
  local files=(/etc/apt/sources.list.d/*.sources /etc/apt/sources.list /etc/apt/sources.list.d/*.list)
  awk -v want="$1" '
    FNR == 1 { uri = "" }
    /^Enabled: *no/ { uri = "" }
    /^URIs:/ { uri = $2 }
    /^Suites:/ && uri != "" && $0 ~ want { print uri; exit }
    /^deb / { for (i = 2; i < NF; i++) if ($i ~ /^[a-z+]+:\/\//) { if ($(i + 1) ~ want) { print $i; exit } break } }
  ' $(ls "${files[@]}" 2>/dev/null) /dev/null
}

open_suite() { # this suite's package lists, by private apt; fails if the mirror lacks it
  local uri=$main
  case $1 in *-security) uri=$security ;; esac
  [ -n "$uri" ] || return 1
  rm -rf "$work/apt"
  mkdir -p "$work/apt/state/lists/partial" "$work/apt/cache/archives/partial"
  : > "$work/apt/status"
  # Every suite is signed with keys of the debian-archive-keyring package.
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $1 main" > "$work/apt/sources.list"
  apt_private apt-get -qq update >"$work/apt.log" 2>&1
}

download() { # package, version: from the open suite to $work/source.deb
  (cd "$work" && apt_private apt-get -qq download "$1=$2") >"$work/apt.log" 2>&1 || return 1
  mv "$work/$1"_*.deb "$work/source.deb"
}

fetch_deb() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null \
    || die "no Debian here to take the source from: run 'rustup target add $target' with a network"
  # shellcheck disable=SC1091
  local codename suite package version
  codename=$(. /etc/os-release; echo "${VERSION_CODENAME:-stable}")
  main=$(mirror "$codename( |\$)")
  security=$(mirror "$codename-security")
  [ -n "$main" ] || die 'no Debian mirror found in /etc/apt'
  : > "$work/versions"
  for suite in trixie-backports sid forky trixie bookworm-backports bookworm \
    trixie-security bookworm-security; do
    open_suite "$suite" || continue
    for package in rust-src rust-web-src; do
      apt_private apt-cache madison "$package" 2>/dev/null \
        | awk -v s="$suite" '{print $1, $3, s}' >> "$work/versions"
      version=$(awk -v p="$package" -v v="$release" -v s="$suite" \
        '$1 == p && $3 == s && (index($2, v "+") == 1 || index($2, v "-") == 1) {print $2; exit}' "$work/versions")
      if [ -n "$version" ] && download "$package" "$version"; then
        say "source: $package $version of Debian's $suite"
        return
      fi
    done
  done
  # Another patch release of the same minor one is close enough to compile.
  while read -r package version suite; do
    case $version in "${release%.*}".*)
      if open_suite "$suite" && download "$package" "$version"; then
        say "source: $package $version of Debian's $suite, in place of $release itself"
        return
      fi ;;
    esac
  done < "$work/versions"
  say "Debian's suites have: $(sort -u "$work/versions" | awk '{printf "%s %s (%s); ", $1, $2, $3}')"
  die "none of them is the source of rustc $release: run 'rustup target add $target' where its server can be reached, or set WASM_TARGET_SRC to a rust-src package of this version"
}

if [ -n "${WASM_TARGET_SRC:-}" ]; then
  say "source: $WASM_TARGET_SRC"
  unpack "$WASM_TARGET_SRC"
else
  fetch_deb
  unpack "$work/source.deb"
fi

# --- the build ----------------------------------------------------------------

lib=$work/library
flags="-Zforce-unstable-if-unmarked --remap-path-prefix=$lib=/rustc/$commit/library"
flags+=" --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=/rust/deps"
profile=dist # the profile upstream ships std with: bitcode kept, so that users can have LTO
if ! grep -q '^\[profile\.dist\]' "$lib/Cargo.toml"; then
  profile=release
  flags+=' -Cembed-bitcode=yes'
fi
say "compiling std for $target"
# Run outside the project, with none of its settings; the toolchain's own cargo, not rustup's.
if ! (cd "$work" && env -u CARGO_TARGET_DIR -u CARGO_BUILD_TARGET -u CARGO_ENCODED_RUSTFLAGS \
  -u RUSTC_WRAPPER -u RUSTC_WORKSPACE_WRAPPER -u CARGO_PROFILE_RELEASE_LTO -u CARGO_INCREMENTAL \
  RUSTC_BOOTSTRAP=1 RUSTC="$sysroot/bin/rustc" RUSTFLAGS="$flags" \
  "$sysroot/bin/cargo" build --locked --profile "$profile" --target "$target" --features backtrace \
  --manifest-path "$lib/sysroot/Cargo.toml" --target-dir "$work/target") >"$work/build.log" 2>&1; then
  tail -30 "$work/build.log" >&2
  die 'std did not compile'
fi

rm -rf "${rustlib:?}/$target" "$rustlib/$target.new"
mkdir -p "$rustlib/$target.new/lib"
cp "$work/target/$target/$profile/deps/"*.rlib "$rustlib/$target.new/lib/"
echo "rustc $release ($commit)" > "$rustlib/$target.new/$(basename "$stamp")"
mv "$rustlib/$target.new" "$rustlib/$target"

works || { cat "$work/probe.log" >&2; die 'std was built, but a program for it does not compile'; }
say "$target is ready (std built for rustc $release in $((SECONDS - started)) s)"

#!/usr/bin/env bash
# Installs what the engine's oracles need (`cargo test -p engine --test oracles`): Debian's packages as root, and jc beside the
# build. Does nothing when it is all there.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Program and the Debian package that has it.
tools=(ip:iproute2 ping:iputils-ping traceroute:traceroute nft:nftables ovs-vswitchd:openvswitch-switch dnsmasq:dnsmasq-base
  udhcpc:udhcpc dig:bind9-dnsutils unshare:util-linux nsenter:util-linux python3:python3-minimal)
jc=1.26.1
library=${CARGO_TARGET_DIR:-target}/jc-$jc

PATH=$PATH:/usr/sbin:/sbin
packages=()
for tool in "${tools[@]}"; do
  command -v "${tool%%:*}" >/dev/null || packages+=("${tool#*:}")
done
[ -d "$library/jc" ] || python3 -m pip --version >/dev/null 2>&1 || packages+=(python3-pip)

if [ ${#packages[@]} -gt 0 ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "oracle-tools: missing: sudo apt-get install ${packages[*]}" >&2
    exit 1
  fi
  # The packages' own daemons must not start: the oracles run theirs in namespaces.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' > $policy
    chmod +x $policy
    trap 'rm -f $policy' EXIT
  fi
  apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${packages[@]}" >/dev/null
  echo "oracle-tools: installed ${packages[*]}"
fi

if [ ! -d "$library/jc" ]; then
  # The library alone: the parsers in use need none of its dependencies.
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-deps --target "$library" "jc==$jc"
  echo "oracle-tools: jc $jc in $library"
fi

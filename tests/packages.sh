#!/usr/bin/env bash
# Installs what building and testing need on Debian 12. Needs root and a package mirror; a machine that has everything is left alone.
set -euo pipefail

packages=(
  build-essential cmake ninja-build pkg-config ccache
  libboost1.81-dev libboost-json1.81-dev libssl-dev openssl
  libsoci-dev libsqlite3-dev sqlite3
  libcli11-dev libkainjow-mustache-dev libqrcodegencpp-dev prometheus-cpp-dev
  catch2 curl python3
)
full=(clang clang-tidy clang-format libclang-rt-14-dev python3-clang-14 mariadb-server chromium fonts-noto-cjk)

[ "${1:-}" = "--full" ] && packages+=("${full[@]}")

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "installing: ${missing[*]}"
if [ "$(id -u)" -ne 0 ]; then
  echo "packages are missing and this is not root; run: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}"

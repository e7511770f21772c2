#!/usr/bin/env bash
# Installs what building and testing need on Debian 12. Needs root and a package mirror; a machine that has everything is left alone.
set -euo pipefail

packages=(
  build-essential cmake ninja-build pkg-config ccache gzip brotli qrencode
  libboost1.81-dev libboost-json1.81-dev libssl-dev openssl libbotan-2-dev
  libsoci-dev libsqlite3-dev sqlite3 libmariadb-dev mariadb-server-core mariadb-client-core unixodbc-dev odbc-mariadb
  libcli11-dev libkainjow-mustache-dev libqrcodegencpp-dev libutf8proc-dev libxlsxwriter-dev
  catch2 curl python3 openjdk-17-jdk-headless libjna-java libh2-java
)
full=(clang clang-tidy clang-format libclang-rt-14-dev python3-clang-14 chromium fonts-noto-cjk galera-4 rsync lsof iproute2)

[ "${1:-}" = "--full" ] && packages+=("${full[@]}")

# Whatever brought them: npm comes with Node from elsewhere, and is a package of its own in Debian.
command -v node >/dev/null && command -v npm >/dev/null || packages+=(nodejs npm)

# What npm brings, outside of the repository, as the lock files pin it: the grammars that judge our SQL (tests/store/judges), a
# provider to sign on at (integration/identity_provider), and what judges the pages in a browser (tests/pages).
here=$(dirname "$0")
install_pinned() { # NAME PINNED LACKING: into the cache's folder NAME
  local name=$1 pinned=$here/$2 folder=${XDG_CACHE_HOME:-$HOME/.cache}/haochaping/$1
  cmp -s "$pinned/package-lock.json" "$folder/installed" && return
  echo "installing: $name (npm) into $folder"
  mkdir -p "$folder"
  cp "$pinned/package.json" "$pinned/package-lock.json" "$folder"
  if (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --silent); then
    cp "$pinned/package-lock.json" "$folder/installed"
  else
    rm -rf "$folder/node_modules"
    echo "npm's registry does not answer: $3" >&2
  fi
}
install_all_pinned() {
  install_pinned grammars store/judges "the test judge_grammars will be skipped, and no grammar has judged the SQL"
  install_pinned identity_provider ../integration/identity_provider "the test openid will be skipped, and nobody has signed on at a real OpenID provider"
  [ "${1:-}" != "--full" ] ||
    install_pinned pages pages "the test pages_long will be skipped, and no browser has judged the pages"
}

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
command -v promtool >/dev/null || missing_promtool=1
command -v mariadb-dump >/dev/null || missing_dump=1
[ "${1:-}" != "--full" ] || command -v wsrep_sst_rsync >/dev/null || missing_transfer=1
if [ ${#missing[@]} -eq 0 ] && [ -z "${missing_promtool:-}${missing_dump:-}${missing_transfer:-}" ]; then
  install_all_pinned "$@"
  exit 0
fi

echo "installing: ${missing[*]} ${missing_promtool:+promtool} ${missing_dump:+mariadb-dump} ${missing_transfer:+wsrep_sst_rsync}"
if [ "$(id -u)" -ne 0 ]; then
  echo "packages are missing and this is not root; run as root: bash tests/packages.sh $*" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
[ ${#missing[@]} -eq 0 ] || apt-get install -y -qq --no-install-recommends "${missing[@]}"
# Out of their packages: those would also install a server, and start it.
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
unpack() { # PACKAGE
  (cd "$unpacked" && apt-get download -qq "$1")
  dpkg-deb --extract "$unpacked/$1"_*.deb "$unpacked"
}
if [ -n "${missing_promtool:-}" ]; then
  unpack prometheus
  install "$unpacked/usr/bin/promtool" /usr/local/bin/promtool
fi
if [ -n "${missing_dump:-}" ]; then  # what a DBA makes backups with
  unpack mariadb-client
  install "$unpacked/usr/bin/mariadb-dump" /usr/local/bin/mariadb-dump
fi
if [ -n "${missing_transfer:-}" ]; then  # what one node of a Galera cluster gets from another
  unpack mariadb-server
  install "$unpacked"/usr/bin/wsrep_sst_rsync "$unpacked"/usr/bin/wsrep_sst_common /usr/local/bin
fi
install_all_pinned "$@"

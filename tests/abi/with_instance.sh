#!/usr/bin/env bash
# Runs a command with a fresh instance of the plugin's own: {ini} and {dir} in its words stand for the ini and the folder.
#   with_instance.sh INSTANCE_SCRIPT COMMAND...
set -euo pipefail
make=$1; shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$make" "$work"
words=("${@//\{ini\}/$work/haochaping.ini}")
words=("${words[@]//\{dir\}/$work}")
"${words[@]}" || { code=$?; tail -n 40 "$work/host.log" 2> /dev/null || true; exit "$code"; }

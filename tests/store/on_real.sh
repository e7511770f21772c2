#!/usr/bin/env bash
# Runs the suites for servers on a real one, but for what needs one of the tests' own: on_real.sh VARIABLE WHAT PROGRAM
# VARIABLE holds SOCI's connection string of an empty schema, in which everything is deleted again and again.
set -euo pipefail

if [ -z "${!1:-}" ]; then
  rm -f "$(basename "$3")_real.results.tsv"
  echo "skipped: never run on a real $2 ($1 is not set)"
  exit 77
fi
HCP_ON_REAL=1 exec "$3" '[server]~[own-server]'

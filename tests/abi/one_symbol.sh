#!/usr/bin/env bash
# The module exports its entrance and nothing else, and asks for no symbol that only its host could have.
#   one_symbol.sh MODULE
set -euo pipefail
exported=$(nm -D --defined-only "$1" | awk '{print $NF}')
if [ "$exported" != "hcp_plugin_create" ]; then
  printf 'exported, instead of hcp_plugin_create alone:\n%s\n' "$exported"
  exit 1
fi

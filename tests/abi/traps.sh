#!/usr/bin/env bash
# Writes an assembler file with every symbol that the libraries of the module export, each leading to hcp_trap(its name): a host that
# has them answers whatever call of the module's is not bound inside it.
#   traps.sh OUT COMPILER LIBRARY...     as the linker finds them: libcrypto.so
set -euo pipefail
out=$1 compiler=$2; shift 2
for library in "$@"; do
  file=$("$compiler" -print-file-name="$library")
  [ -e "$file" ] || { echo "$library: not found" >&2; exit 1; }
  nm -D --defined-only "$file"
done | awk '
  $2 ~ /^[TWVBDRiu]$/ { sub(/@.*/, "", $NF); if (!($NF in seen)) { seen[$NF] = 1; names[++count] = $NF } }
  END {
    if (count < 5000) { print "only " count " symbols" > "/dev/stderr"; exit 1 }
    print "  .text"
    for (i = 1; i <= count; ++i)
      printf "  .globl \"%s\"\n  .type \"%s\", @function\n\"%s\":\n  leaq 1f(%%rip), %%rdi\n  jmp hcp_trap\n1:\n  .asciz \"%s\"\n", names[i], names[i], names[i], names[i]
    print "  .section .note.GNU-stack,\"\",@progbits"
  }' > "$out"

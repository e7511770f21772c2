#!/usr/bin/env bash
# Module and hcpctl run where there is nothing but what the README lists: glibc, the files to copy, and the instance's own. The host is the
# reference host, which needs glibc alone.
#   bare_root.sh PROJECT TRADING_HOST MODULE HCPCTL        77: skipped, nobody here may change the root
set -euo pipefail
project=$1 host=$2 module=$3 control=$4
work=$(mktemp -d)
root=$work/root
pid=
trap '[ -z "$pid" ] || kill "$pid" 2> /dev/null || true; rm -rf "$work"' EXIT
mkdir -m 755 "$root"
fail() { echo "FAILED: $1"; tail -n 20 "$root/host.log" 2> /dev/null || true; exit 1; }

inside=(chroot "$root")
if [ "$(id -u)" != 0 ]; then
  unshare -r true 2> /dev/null || { echo "skipped: neither root nor a user namespace, so no other root"; exit 77; }
  inside=(unshare -r chroot "$root")
fi

# ---- what the README lists, and no more

row() { sed -n "s/^| $1 |//p" "$project/README.md"; }
for name in $(row 'files to copy' | grep -o '`[^`]*`' | tr -d '`'); do
  case $name in
    haochaping.so) install -m 644 "$module" "$root/$name" ;;
    hcpctl) install -m 755 "$control" "$root/$name" ;;
    config/) ;; # where the others are
    *) cp -r "$project/config/$name" "$root/${name%/}" ;;
  esac
done
install -m 755 "$host" "$root/server"
glibc() { objdump -T "$@" | grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -1 | tr -d 'A-Z_'; }
promised=$(row 'to run' | sed -nE 's/.*glibc ([0-9.]+).*/\1/p')
for program in "$root/haochaping.so" "$root/hcpctl" "$root/server"; do
  needed=$(ldd "$program" | grep -oE '/[^ ]+')
  for library in $needed; do
    case ${library##*/} in
      libc.so.6 | libm.so.6 | ld-linux-*) install -D -m 755 "$library" "$root$library" ;;
      *) fail "${program##*/} needs $library" ;;
    esac
  done
  [ "$(printf '%s\n' "$promised" "$(glibc "$program")" | sort -V | tail -1)" == "$promised" ] ||
    fail "${program##*/} needs glibc $(glibc "$program"), the README says $promised"
  strip -o "$work/stripped" "$program"
  echo "${program##*/}: glibc $(glibc "$program") or later, $(($(stat -c %s "$work/stripped") / 1024)) KiB stripped, $(readelf -h "$program" | sed -nE 's/ *Machine: *//p')"
done

# ---- an instance, made in there

"${inside[@]}" /hcpctl keys init /keys > /dev/null
bash "$project/integration/certificates.sh" "$work/tls"
install -m 600 "$work/tls/server.pem" "$work/tls/server.key" "$root/keys"
cat > "$root/haochaping.ini" << 'INI'
[instance]
directory = data
[keys]
master_key_file = keys/master.key
anchor_key_file = keys/anchor.pem
[store]
path = store.db
[province]
enabled = off
[web]
public_listen = 127.0.0.1:0
public_base_url = https://localhost:0
tls_cert_file = keys/server.pem
tls_key_file = keys/server.key
centre_name = 示例中心
help_phone = 0531-00000000
INI
checked=$("${inside[@]}" /hcpctl --config /haochaping.ini config check) || fail "hcpctl config check: $checked"

# ---- a completion, its page over TLS, a rating, and the ledger

coproc HOST { exec "${inside[@]}" /server --module /haochaping.so --config /haochaping.ini --state /state --log /host.log; }
pid=$HOST_PID
told() { read -r reply <&"${HOST[0]}" || fail "the host is gone"; [[ $reply == *'"status":"OK"'* ]] || fail "$1: $reply"; }
ask() { printf '%s\n' "$1" >&"${HOST[1]}"; told "$1"; }
told start
ask "completed line=1 node=项目登记 item_code=ZC-01 case_no=bare project_no=P-1 subjects=2|3|91370000BAREROOT1X|001|示例投标人"
ask "link sdggzy bare 1 2 91370000BAREROOT1X"
link=$(sed -E 's/.*"answer":"([^"]*)".*/\1/' <<< "$reply")
page() { curl -sS -m 20 --cacert "$work/tls/ca.pem" -o /dev/null -w '%{http_code}' "$@" "$link"; }
for ((i = 0; i < 600; ++i)); do # until it has gone from the journal into the store
  [ "$(page)" == 200 ] && break
  sleep 0.1
done
answered=$(page --data level=5)
[ "$answered" == 303 ] || fail "the rating was answered with $answered"
ask health
[[ $reply == *'"database":"正常"'* ]] || fail "health: $reply"
printf 'quit\n' >&"${HOST[1]}"
told quit
wait "$pid" || fail "the host ends with $?"
pid=
verified=$("${inside[@]}" /hcpctl --config /haochaping.ini ledger verify) || fail "hcpctl ledger verify: $verified"
found=$(sqlite3 -readonly "$root/store.db" "select (select count(*) from cases), (select group_concat(level_code || ':' || origin) from ratings)")
[ "$found" == "1|5:1" ] || fail "in the store: $found"

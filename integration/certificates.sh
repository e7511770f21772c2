#!/usr/bin/env bash
# Makes a certificate authority of its own and server certificates under it, for tests and demonstrations.
#   certificates.sh DIR [ADDRESS]    ca.pem, {server,expired,elsewhere}.{pem,key}; the first two for localhost and 127.0.0.1, and
#                                    server.pem for an IP address more
set -euo pipefail
umask 077
[ $# -eq 1 ] || [ $# -eq 2 ] || { echo "usage: certificates.sh DIR [ADDRESS]" >&2; exit 2; }
[ "${2:-localhost}" = localhost ] && also= || also=,IP:$2
mkdir -p "$1"
cd "$1"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=haochaping test CA" \
  -keyout ca.key -out ca.pem 2> /dev/null

issue() { # name, subject alternative names, x509 validity options...
  local name=$1 names=$2; shift 2
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" -keyout "$name.key" -out "$name.csr" 2> /dev/null
  openssl x509 -req -in "$name.csr" -CA ca.pem -CAkey ca.key -CAcreateserial "$@" -out "$name.pem" \
    -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$names") 2> /dev/null
  rm "$name.csr"
}
issue server "DNS:localhost,IP:127.0.0.1$also" -days 30
issue elsewhere "DNS:elsewhere.example" -days 30
# openssl x509 cannot date a certificate back; `openssl ca` can.
mkdir -p issued && : > issued/index && echo 01 > issued/serial
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=expired" -keyout expired.key -out expired.csr 2> /dev/null
openssl ca -batch -config <(printf '%s\n' '[ca]' 'default_ca=x' '[x]' 'database=issued/index' 'serial=issued/serial' 'new_certs_dir=issued' \
  'default_md=sha256' 'policy=p' 'x509_extensions=e' '[p]' 'commonName=supplied' '[e]' 'subjectAltName=DNS:localhost,IP:127.0.0.1') \
  -cert ca.pem -keyfile ca.key -in expired.csr -out expired.pem -startdate 20200101000000Z -enddate 20200201000000Z -notext 2> /dev/null
rm expired.csr

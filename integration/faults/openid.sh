#!/usr/bin/env bash
# The centre's people sign on where they are known already, at a real OpenID provider over TLS; what is forged, replayed, of another browser,
# of nobody, or refused there opens nothing; and a provider that is away leaves the other ways open.
#   openid.sh
tools=${XDG_CACHE_HOME:-$HOME/.cache}/haochaping/identity_provider/node_modules
if [ ! -d "$tools/oidc-provider" ]; then
  echo "skipped: no OpenID provider in $tools; bash tests/packages.sh installs it"
  exit 77
fi
source "$(dirname "$0")/lib.sh"
config=$source_directory/config

certificate desk "IP:127.0.0.1,DNS:localhost"
certificate provider "DNS:localhost"
printf 'client:secret/of the test' > "$work/client_secret"
node "$source_directory/integration/identity_provider/provider.js" "$tools" "$work/tls/provider.key" "$work/tls/provider.pem" \
  "$(cat "$work/client_secret")" https://localhost/staff/openid/back > "$work/provider.port" 2> "$work/provider.log" &
started[$!]=provider
wait_until 30 "the provider says its port" test -s "$work/provider.port"
instance one staff.listen=127.0.0.1:0 staff.base_url=https://localhost "staff.tls_cert_file=$work/tls/desk.pem" "staff.tls_key_file=$work/tls/desk.key" \
  "openid.issuer=https://localhost:$(cat "$work/provider.port")" openid.client_id=haochaping "openid.secret_file=$work/client_secret" \
  "openid.ca_file=$work/tls/ca.pem" openid.name=测试认证
control one config check > "$work/said" 2>&1 || die "the settings: $(cat "$work/said")"
start_host one
port=$(grep -oE '工作人员页面已启动，端口 [0-9]+' "$work/one/host.log" | grep -oE '[0-9]+$')
[ -n "$port" ] || die "no staff listener: $(cat "$work/one/host.log")"
control one staff import "$config/staff/roster.csv" --as G5001 > "$work/said" 2>&1 || die "the roster: $(cat "$work/said")"

# ---- a browser's two ends
# at JAR URL [curl options]: one request; the body is in $work/body, what -w asks for is printed. Our address is known without its port.
at() {
  local jar=$1 url=$2; shift 2
  curl -sS -m 20 --cacert "$work/tls/ca.pem" --connect-to "localhost:443:localhost:$port" -b "$work/$jar" -c "$work/$jar" -o "$work/body" "$@" "$url"
}
desk() { at "$1" "https://localhost$2" -w '%{http_code}' "${@:3}"; }
leads_to() { at "$1" "$2" -w '%{redirect_url}' "${@:3}"; }
# called_back JAR STAFF: the address that the provider sends a browser back to, once it has said who it is there
called_back() {
  local there=$1.there page
  page=$(at "$there" "$(leads_to "$1" https://localhost/staff/openid)" -L -w '%{url_effective}')
  page=$(at "$there" "$page" -L -w '%{url_effective}' -d "prompt=login&login=$2&password=x")
  leads_to "$there" "$(leads_to "$there" "$page" -d prompt=consent)"
}
path_of() { printf '%s' "${1#https://localhost}"; }

back=$(called_back browser G5001)
grep -q '^https://localhost/staff/openid/back?.*code=' <<< "$back" || die "the provider sends back to <$back>: $(cat "$work/body")"
is "another browser with what this one got" 403 "$(desk other "$(path_of "$back")")"
cp "$work/browser" "$work/copied"
is "signing on" 200 "$(desk browser "$(path_of "$back")")"
is "the session" 200 "$(desk browser /api/v1/staff/session)"
grep -q '"G5001"' "$work/body" || fail "whose session it is: $(cat "$work/body")"
is "its way" 200 "$(desk browser /api/v1/staff/sessions)"
grep -q '"way":"openid"' "$work/body" || fail "no such way: $(cat "$work/body")"
is "the same once more, with the same cookie" 403 "$(desk copied "$(path_of "$back")")"
is "who is so refused" 401 "$(desk copied /api/v1/staff/session)"

# ---- forged, of nobody, refused there
back=$(called_back forger G5001)
is "a state that is ours but for its end" 403 "$(desk forger "$(path_of "${back/state=/state=9}")")"
is "a code that is not the provider's" 403 "$(desk forger "$(path_of "$(sed -E 's/code=[^&]*/code=forged/' <<< "$back")")")"
is "the attempt that was used up so" 403 "$(desk forger "$(path_of "$back")")"
back=$(called_back stranger G9999)
is "somebody who is not on the roster" 403 "$(desk stranger "$(path_of "$back")")"
page=$(at refused.there "$(leads_to refused https://localhost/staff/openid)" -L -w '%{url_effective}')
back=$(leads_to refused.there "$(leads_to refused.there "$page/abort")")
grep -q 'error=access_denied' <<< "$back" || fail "the provider does not refuse: <$back>"
is "whom the provider refuses" 403 "$(desk refused "$(path_of "$back")")"
for nobody in other forger stranger refused; do is "the session of $nobody" 401 "$(desk $nobody /api/v1/staff/session)"; done

# ---- away
back=$(called_back late G5001)
kill_hard provider
is "coming back while the provider is away" 503 "$(desk late "$(path_of "$back")")"
is "beginning while it is away" 303 "$(desk late /staff/openid)" # what it is is known for an hour
kill_hard one
start_host one
port=$(grep -oE '工作人员页面已启动，端口 [0-9]+' "$work/one/host.log" | tail -1 | grep -oE '[0-9]+$')
is "beginning where nothing is known of it" 503 "$(desk late /staff/openid)"
grep -q 测试认证没有应答 "$work/body" || fail "what is said of it: $(cat "$work/body")"
is "the session from before" 200 "$(desk browser /api/v1/staff/session)"
is "the way in" 200 "$(desk late /staff/)"
grep -q 登录码 "$work/body" || fail "no other way in"

for secret in "$(cat "$work/client_secret")" "$(sed -E 's/.*code=([^&]*).*/\1/' <<< "$back")"; do
  ! grep -qF "$secret" "$work/one/host.log" || fail "a secret in the log"
done
grep -q 未能以统一身份认证登录 "$work/one/host.log" || fail "nothing in the log"
stop_host
sound one
[ "$failures" -eq 0 ]

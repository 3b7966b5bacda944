/**
 * The guide's checks after a deployment, asked from inside the network: the health path answers, its
 * body has a status, database and engine are well in either spelling, users are not listed to
 * strangers, and introspection answers where it is on. Whatever fails ends the update with an error.
 */
export const VERIFICATION = `
base="http://$TARGET:$TARGET_PORT"
body=""
for attempt in $(seq 1 70); do
  if body=$(curl --silent --show-error --fail --max-time 10 "$base/api/v1/health"); then break; fi
  body=""
  sleep 10
done
fail() { echo "verification failed: $1"; exit 1; }
[ -n "$body" ] || fail "/api/v1/health did not answer with success"
flat=$(printf '%s' "$body" | tr -d ' \\n')
case "$flat" in *'"status":'*) ;; *) fail "the health answer has no status" ;; esac
for part in database docker; do
  printf '%s' "$flat" | grep -Eq "\\"$part\\":\\{[^}]*(\\"healthy\\":true|\\"status\\":\\"(healthy|ok)\\")" ||
    fail "the $part part of the health answer is not healthy"
done
code=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 10 "$base/api/v1/users")
case "$code" in 401 | 403) ;; *) fail "/api/v1/users answered $code to a stranger" ;; esac
if [ "$INTROSPECTION" = 1 ]; then
  code=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 10 \\
    --request POST --header 'Content-Type: application/json' --data '{"token":"none"}' \\
    "$base/api/v1/auth/introspect")
  case "$code" in 200 | 401 | 403) ;; *) fail "introspection answered $code" ;; esac
fi
echo "verification passed"
`;

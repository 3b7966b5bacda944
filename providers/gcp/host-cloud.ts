import { word } from "../machine/shell";

/**
 * Shell functions by which a machine uses its identity. The metadata service answers requests with a
 * header that no proxy adds; nothing secret stands in the list of processes.
 */
export function cloudFunctions(registries: readonly string[]): string {
  return `
token() {
  curl --silent --fail --retry 5 --header 'Metadata-Flavor: Google' \\
    http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token | jq --raw-output .access_token
}
asking() { # arguments of curl: a request with the identity's token
  printf 'Authorization: Bearer %s' "$(token)" | curl --silent --show-error --fail --retry 5 --header @- "$@"
}
secret() { # version of a secret
  asking "https://secretmanager.googleapis.com/v1/$1:access" | jq --raw-output .payload.data | base64 --decode
}
login() {
  local registry
  for registry in ${registries.map(word).join(" ")}; do
    token | docker login "https://$registry" --username oauth2accesstoken --password-stdin > /dev/null
  done
}`;
}

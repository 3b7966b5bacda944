#!/bin/sh
# Starts the language host that Go can build. That host knows the runtime options of Pulumi.yaml as flags, while today's
# engine sends them in a form it does not read: without this, `typescript: false` and `nodeargs` would have no effect.
option() {
  sed -n "s/^ *$1: *//p" "$project" | head -n 1 | sed 's/ *$//; s/^"\(.*\)"$/\1/'
}

folder=$(pwd)
while [ ! -f "$folder/Pulumi.yaml" ] && [ "$folder" != / ]; do folder=$(dirname "$folder"); done
project="$folder/Pulumi.yaml"
if [ -f "$project" ]; then
  nodeargs=$(option nodeargs)
  tsconfig=$(option tsconfig)
  [ "$(option typescript)" = false ] && set -- -typescript=false "$@"
  [ -n "$nodeargs" ] && set -- "-nodeargs=$nodeargs" "$@"
  [ -n "$tsconfig" ] && set -- "-tsconfig=$tsconfig" "$@"
fi
exec "$(dirname "$0")/../libexec/pulumi-language-nodejs" "$@"

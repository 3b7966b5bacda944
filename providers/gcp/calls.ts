import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { foreignImage } from "./image";
import { parseReference } from "./image-reference";
import { gcp, type ImageAttachment } from "./attachments";
import { FRONT_IMAGE } from "./front";
import type { Scope } from "./scope";

/** One service of the stack that a workload calls. */
export interface Call {
  readonly name: string;
  /** `https://` address that Cloud Run gave it. */
  readonly uri: pulumi.Output<string>;
}

/** Callers use TLS's port, as they would without the proxy. */
export const CALL_PORT = 443;
/** Answers when the proxy runs. */
const READY_PORT = 15021;

/**
 * Where callers find a service: an address of the loopback, at which a proxy beside them listens. One
 * address per service, so that several have the same port.
 */
export function callAddress(name: string): string {
  const [a = 0, b = 0, c = 0] = createHash("sha256").update(name).digest();
  return `127.${a}.${b}.${1 + (c % 254)}`;
}

const SCRIPT = `
tokens() {
  for pair in $AUDIENCES; do
    file="/tmp/$(echo "$pair" | cut -d = -f 1)"
    wget -q -O "$file.new" --header 'Metadata-Flavor: Google' \\
      "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity?audience=$(echo "$pair" | cut -d = -f 2)" &&
      mv "$file.new" "$file"
  done
}
tokens
while sleep 1200; do tokens; done &
config=$CALLS_CONFIG
for pair in $AUDIENCES; do
  name=$(echo "$pair" | cut -d = -f 1)
  config=$(printf '%s' "$config" | sed "s|@$name@|$(echo "$pair" | cut -d / -f 3)|g")
done
exec caddy run --config - <<CONFIG
$config
CONFIG
`;

/**
 * A proxy beside the program that says who calls. Services that only others of the stack call admit the
 * identities that were granted it, by a token that applications know nothing of.
 */
export function callProxy(scope: Scope, calls: readonly Call[]) {
  const name = `${scope.name}-calls`;
  const { reference, attachment } = foreignImage({ ...scope, name }, parseReference(FRONT_IMAGE));
  const uris = pulumi.all(calls.map(({ uri }) => uri));
  const config = JSON.stringify(caddy(calls.map((call) => call.name)));
  const audiences = uris.apply((all) =>
    calls.map((call, index) => `${call.name}=${all[index]}`).join(" "),
  );
  const container = {
    name: "calls",
    image: reference,
    commands: ["sh"],
    args: ["-c", SCRIPT],
    envs: [
      { name: "AUDIENCES", value: audiences },
      { name: "CALLS_CONFIG", value: config },
    ],
    resources: { limits: { cpu: "1", memory: "512Mi" }, startupCpuBoost: true },
    startupProbe: {
      httpGet: { path: "/", port: READY_PORT },
      periodSeconds: 2,
      timeoutSeconds: 1,
      failureThreshold: 30,
    },
  };
  return { container, ready: gcp<ImageAttachment>(attachment).ready };
}

/** `@name@` stands for the host of a service, which the script fills in. */
function caddy(calls: readonly string[]): object {
  const servers = Object.fromEntries(
    calls.map((name) => {
      const host = `@${name}@`;
      const proxy = {
        handler: "reverse_proxy",
        upstreams: [{ dial: `${host}:443` }],
        transport: { protocol: "http", tls: {} },
        // What is streamed is passed on as it comes.
        flush_interval: -1,
        headers: {
          request: {
            set: {
              Host: [host],
              "X-Serverless-Authorization": [`Bearer {file./tmp/${name}}`],
            },
          },
        },
      };
      return [
        name,
        {
          listen: [`${callAddress(name)}:${CALL_PORT}`],
          automatic_https: { disable: true },
          routes: [{ handle: [proxy] }],
        },
      ];
    }),
  );
  return {
    admin: { disabled: true, config: { persist: false } },
    logging: { logs: { default: { level: "WARN" } } },
    storage: { module: "file_system", root: "/tmp/caddy" },
    apps: {
      http: {
        servers: {
          ...servers,
          ready: {
            listen: [`:${READY_PORT}`],
            automatic_https: { disable: true },
            routes: [{ handle: [{ handler: "static_response", status_code: 200 }] }],
          },
        },
      },
    },
  };
}

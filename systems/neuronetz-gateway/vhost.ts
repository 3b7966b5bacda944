/** Exact response headers of the gateway. */
export const HEADERS = (preload: boolean): Readonly<Record<string, string>> => ({
  "Strict-Transport-Security": `max-age=63072000; includeSubDomains${preload ? "; preload" : ""}`,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
});

/**
 * What the host's nginx-proxy reads from `/etc/nginx/vhost.d/<host>`. The file belongs to the host,
 * so the stack prints it instead of writing it.
 */
export function vhostFile(preload: boolean, idleTimeoutSeconds: number): string {
  const headers = Object.entries(HEADERS(preload)).map(
    ([name, value]) => `add_header ${name} "${value}" always;`,
  );
  return [
    ...headers,
    "server_tokens off;",
    "client_max_body_size 300k;",
    "proxy_buffering off;",
    "gzip off;",
    `proxy_read_timeout ${idleTimeoutSeconds}s;`,
    `proxy_send_timeout ${idleTimeoutSeconds}s;`,
    "",
  ].join("\n");
}

import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const cache = (props: object = {}) => resource("gcp:redis/instance:Instance", props, "cache");
const tls = { transitEncryptionMode: "SERVER_AUTHENTICATION" };
const HOST = { ref: "cache.host" };
const CA = { ref: "cache.serverCaCerts[0].cert" };
const service = (url: unknown, ...more: unknown[]) =>
  resource("gcp:cloudrunv2/service:Service", {
    template: {
      containers: [{ envs: [url, ...more].map((value, index) => ({ name: `V${index}`, value })) }],
    },
  });
const url = (scheme: string, ...rest: unknown[]) => ({ concat: [`${scheme}://`, HOST, ...rest] });

export const fixtures: Fixtures = {
  good: [
    passes(cache(tls), service(url("rediss", ":6378"), CA)),
    passes(cache(), service(url("redis", ":6379/0"))),
    passes(cache(tls), service(url("rediss", ":", { ref: "cache.port" }), CA)),
    passes(
      cache({ ...tls, authEnabled: true }),
      service({ concat: ["rediss://:", { ref: "cache.authString" }, "@", HOST, ":6378"] }, CA),
    ),
  ],
  bad: [
    violates(cache(tls), service(url("redis", ":6379"), CA)),
    violates(cache(tls), service(url("rediss", ":6379"), CA)),
    violates(cache(tls), service(url("rediss", ":6378"))),
    violates(cache(), service(url("rediss", ":6379"))),
    violates(cache(), service(url("redis", ":6378"))),
    violates(cache({ authEnabled: true }), service(url("redis", ":6379"))),
  ],
  missing: [passes(cache(tls), service(undefined))],
  unknown: [
    waits(cache({ transitEncryptionMode: unknown }), service(url("redis", ":6379"))),
    passes(cache(tls), service(unknown)),
  ],
  wrongType: [passes(cache(tls), service(7))],
};

import {
  APP,
  MANAGED_REDIS,
  MANAGED_REDIS_DATABASE,
  REDIS,
} from "../../../lib/deployability/azure/types";
import { urlsTo, type StoreUrl } from "../../../lib/deployability/endpoints";
import { about, type StackReport } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { pointingTo } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

/** Capacities by tier and family. */
const CAPACITIES: Readonly<Record<string, readonly [family: string, from: number, to: number]>> = {
  basic: ["C", 0, 6],
  standard: ["C", 0, 6],
  premium: ["P", 1, 5],
};

export const rule = deployability({
  id: "azure-redis-tls-port",
  title: "Clients of a Redis cache use its TLS port, and its size is one on offer",
  confidence: "medium",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "the client times out or gets 'connection reset'.",
  },
  fix: "Connect to rediss://<host>:6380 (Managed Redis: port 10000); use family C with Basic and Standard (0-6), P with Premium (1-5); subnetId and shards need Premium.",
  source: "https://learn.microsoft.com/azure/azure-cache-for-redis/cache-configure",
  check: { [REDIS]: (cache) => [...checkSku(cache), ...checkPremium(cache), ...checkTls(cache)] },
  checkStack: {
    types: [REDIS, MANAGED_REDIS, APP],
    run: (graph) =>
      urlsTo(graph, [REDIS, MANAGED_REDIS], ["hostName"], /^rediss?$/i).flatMap((url) =>
        url.store.type === REDIS ? checkUrl(url) : checkManaged(graph, url),
      ),
  },
});

function checkSku(cache: Resource): Report[] {
  const [name, family, capacity] = ["name", "family", "capacity"].map((key) =>
    cache.at(`sku.${key}`),
  ) as [Resource["props"], Resource["props"], Resource["props"]];
  const offered = CAPACITIES[name.text?.toLowerCase() ?? ""];
  if (offered === undefined) return name.unknown ? [undecided(name)] : [];
  const [wanted, from, to] = offered;
  const answer = "400 BadRequest: the value provided for 'properties.sku' is invalid.";
  if (family.text !== undefined && !family.isWord(wanted))
    return [
      { ...violation(family, `family ${family.text} does not go with ${name.text}`), answer },
    ];
  const size = capacity.number;
  if (size === undefined || (size >= from && size <= to)) return [];
  return [
    {
      ...violation(capacity, `capacity ${size} of ${name.text} is not ${from} to ${to}`),
      answer,
    },
  ];
}

function checkPremium(cache: Resource): Report[] {
  const name = cache.at("sku.name");
  if (name.text === undefined || name.isWord("Premium")) return [];
  return ["subnetId", "shardCount", "rdbBackup"]
    .map((key) => cache.at(key))
    .filter((value) => value.present)
    .map((value) => ({
      ...violation(value, `${value.path} is not offered with ${name.text}`),
      answer: `400 BadRequest: ${value.path} requires the Premium tier.`,
    }));
}

function checkTls(cache: Resource): Report[] {
  const version = cache.at("minimumTlsVersion");
  return version.isWord("1.0", "1.1")
    ? [
        {
          ...violation(version, `TLS ${version.text} is not offered any more`),
          answer: "400 BadRequest: minimumTlsVersion must be 1.2 or later.",
        },
      ]
    : [];
}

function checkUrl({ resource, at, store, scheme, port }: StoreUrl): StackReport[] {
  const plain = store.at("enableNonSslPort");
  if (scheme === "rediss" && (port === undefined || port === 6380)) return [];
  if (plain.unknown) return about(resource, [undecided(plain)]);
  const isPlain = scheme === "redis" && (port ?? 6379) === 6379;
  if (plain.boolean === true && isPlain) return [];
  const message =
    scheme === "rediss"
      ? `${store.name} speaks TLS on port 6380, not on ${port}`
      : `${store.name} speaks TLS on port 6380, but the URL is redis://`;
  return about(resource, [violation(at, message)]);
}

function checkManaged(
  graph: Graph,
  { resource, at, store, scheme, port }: StoreUrl,
): StackReport[] {
  const [database] = pointingTo(graph, store, MANAGED_REDIS_DATABASE, "clusterName");
  const own = database?.at("port");
  const protocol = database?.at("clientProtocol");
  const listens = own?.number ?? (own?.unknown === true ? undefined : 10000);
  if (scheme === "redis" && protocol?.unknown === true)
    return about(resource, [undecided(protocol)]);
  if (scheme === "redis" && protocol?.isWord("Plaintext") !== true)
    return about(resource, [violation(at, `${store.name} speaks TLS, but the URL is redis://`)]);
  if (port === undefined || listens === undefined || port === listens) return [];
  return about(resource, [
    violation(at, `${store.name} listens on port ${listens}, not on ${port}`),
  ]);
}

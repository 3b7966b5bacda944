import { CACHE } from "../../../lib/deployability/aws/types";
import {
  connectionStrings,
  literalParts,
  mentions,
  type ConnectionString,
} from "../../../lib/deployability/connection-strings";
import { about, type StackReport } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation } from "../../../lib/rule";
import { Unknown } from "../../../lib/value/unknown";

const OUTPUTS = ["primaryEndpointAddress", "configurationEndpointAddress", "readerEndpointAddress"];

export const rule = deployability({
  id: "aws-elasticache-tls-url",
  title: "Programs reach a cache with TLS by rediss:// and its token",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "The program's first command hangs, or its connection is closed.",
  },
  fix: "Begin the URL with rediss:// where transitEncryptionEnabled is true, with redis:// where it is not, and put the token into it: rediss://:<token>@<address>:6379.",
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html",
  checkStack: {
    types: [CACHE],
    run: (graph) =>
      graph.ofType(CACHE).flatMap((cache) =>
        connectionStrings(graph)
          .filter((string) => mentions(graph, string, cache, OUTPUTS))
          .flatMap((string) => checkUrl(graph, cache, string)),
      ),
  },
});

function checkUrl(graph: Graph, cache: Resource, string: ConnectionString): StackReport[] {
  const { owner, value } = string;
  const scheme = /^\s*(redis|rediss|valkey|valkeys):\/\//i.exec(literalParts(value).start)?.[1];
  if (scheme === undefined) return [];
  const transit = cache.at("transitEncryptionEnabled");
  if (transit.unknown) return about(owner, [{ ...undecided(transit), path: value.path }]);
  const encrypted = transit.boolean === true;
  const either = cache.at("transitEncryptionMode").isWord("preferred");
  const asks = /^(rediss|valkeys)$/i.test(scheme);
  const wrong = asks !== encrypted && !(either && !asks);
  if (wrong) {
    const has = encrypted ? "takes connections with TLS only" : "has no TLS";
    return about(owner, [
      violation(value, `the URL begins with ${scheme}://, but ${cache.name} ${has}`),
    ]);
  }
  return about(
    owner,
    carriesToken(graph, cache, string)
      ? []
      : [
          {
            ...violation(value, `the URL has no token, which ${cache.name} wants`),
            answer: "NOAUTH Authentication required.",
          },
        ],
  );
}

/** Whether a URL has what the cache wants to be told, as far as that can be seen. */
function carriesToken(graph: Graph, cache: Resource, { value, beside }: ConnectionString): boolean {
  const token = cache.at("authToken");
  if (token.absent || token.text === "") return true;
  if (beside.some(({ name }) => /PASS|TOKEN|AUTH/i.test(name))) return true;
  const { raw, text } = value;
  if (text !== undefined) return text.includes("@");
  if (!(raw instanceof Unknown)) return true;
  const others = raw.references.filter(
    ({ output }) => !OUTPUTS.includes(output) && output !== "port",
  );
  return others.length > 0 || raw.prefix.includes("@");
}

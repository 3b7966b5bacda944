import { CACHE } from "../../../lib/deployability/aws/types";
import { generatedText } from "../../../lib/deployability/generated-text";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

const ALLOWED = "!&#$^<>-";

export const rule = deployability({
  id: "aws-elasticache-auth-token-characters",
  title: "A cache's token has the length and the characters ElastiCache accepts",
  fails: {
    when: "create",
    effect: "error",
    answer: "InvalidParameterValue: Invalid AuthToken provided.",
  },
  fix: 'Generate 16 to 128 characters with special false, or overrideSpecial "-", which needs no escaping in a URL.',
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html",
  checkStack: {
    types: [CACHE],
    run: (graph) =>
      graph
        .ofType(CACHE)
        .flatMap((cache) =>
          about(cache, [
            ...check(graph, cache, cache.at("authToken")),
            ...check(graph, cache, cache.at("authTokenWo")),
          ]),
        ),
  },
});

function check(graph: Graph, cache: Resource, token: Value): Report[] {
  const { text } = token;
  if (text !== undefined) {
    if (text === "") return [];
    const plain = /^[A-Za-z0-9!&#$^<>-]*$/.test(text);
    return plain
      ? checkLength(token, text.length)
      : [violation(token, `the token has other special characters than ${ALLOWED}`)];
  }
  if (!token.unknown) return [];
  const generated = generatedText(graph, cache, token);
  if (generated?.special === undefined) return [undecided(token)];
  const wrong = [...generated.special].filter((character) => !ALLOWED.includes(character));
  if (wrong.length > 0 && generated.special !== "")
    return [
      violation(token, `${generated.resource.name} may put ${wrong.join("")} into the token`),
    ];
  return generated.length === undefined ? [] : checkLength(token, generated.length);
}

function checkLength(token: Value, length: number): Report[] {
  if (length >= 16 && length <= 128) return [];
  return [violation(token, `the token has ${length} characters, not 16 to 128`)];
}

import {
  injectedSecrets,
  versionsOf,
  type InjectedSecret,
} from "../../../lib/deployability/aws/secrets";
import { PASSWORD, SECRET, TASK } from "../../../lib/deployability/aws/types";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "aws-ecs-secret-json-key",
  title: "A field of a secret is named by its ARN, key, stage and version",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "Every task stops: ResourceInitializationError: unexpected ARN format with parameters when trying to retrieve ASM secret.",
  },
  fix: "Write the full ARN and three more fields, of which the last two may be empty: <arn>:password::. Take the whole secret only where it is no JSON document.",
  source:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
  checkStack: {
    types: [TASK],
    run: (graph) =>
      graph.ofType(TASK).flatMap((task) =>
        about(
          task,
          injectedSecrets(graph, task).flatMap((secret) => checkSecret(graph, secret)),
        ),
      ),
  },
});

function checkSecret(graph: Graph, secret: InjectedSecret): Report[] {
  const { rest, valueFrom, target } = secret;
  if (target !== undefined && target.type !== SECRET) return [];
  if (rest !== "" && !/^:[^:]*:[^:]*:[^:]*$/.test(rest)) {
    const count = rest.split(":").length - 1;
    const message = `"${rest}" after the ARN has ${count} of the 3 fields key, stage and version`;
    return rest.startsWith(":") ? [violation(valueFrom, message)] : [];
  }
  const [version, ...others] = target === undefined ? [] : versionsOf(graph, target);
  if (version === undefined || others.length > 0) return [];
  return checkContent(graph, version, secret, rest.split(":")[1] ?? "");
}

/** The key and what the secret holds have to fit each other. */
function checkContent(
  graph: Graph,
  version: Resource,
  { valueFrom, name, target }: InjectedSecret,
  key: string,
): Report[] {
  const content = version.at("secretString");
  const keys = content.document.isObject
    ? content.document.entries.map(([field]) => field)
    : undefined;
  if (key !== "") {
    if (keys === undefined)
      return isPlainText(graph, version, content)
        ? [
            violation(
              valueFrom,
              `${target?.name} holds no JSON document, so it has no key "${key}"`,
            ),
          ]
        : [];
    return keys.includes(key)
      ? []
      : [violation(valueFrom, `the JSON document in ${target?.name} has no key "${key}"`)];
  }
  // A program may well read the whole document; a variable named as one of the fields is meant to hold that field.
  const meant = keys?.find((field) => wordsOf(name).endsWith(wordsOf(field)));
  if (meant === undefined) return [];
  return [
    {
      ...violation(
        valueFrom,
        `${name} gets the whole JSON document of ${target?.name}, not its field "${meant}"`,
      ),
      answer: "The program finds a JSON document where it looks for one value, and cannot log in.",
    },
  ];
}

const wordsOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** True for text that is known to be no JSON document. */
function isPlainText(graph: Graph, version: Resource, content: Value): boolean {
  if (content.text !== undefined) return true;
  if (!content.unknown) return false;
  if (content.prefix !== "") return !/^\s*[[{"]/.test(content.prefix);
  return graph.links(version, content, [PASSWORD]).resources.length === 1 && content.suffix === "";
}

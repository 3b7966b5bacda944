import { BUCKET, LOG_GROUP } from "../../../lib/deployability/aws/types";
import { about, targets } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { physicalName } from "../../../lib/deployability/values";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

const LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const BEGINNING = "aws-waf-logs-";

/** Property that names a destination. */
const NAMES: Readonly<Record<string, string>> = {
  [LOG_GROUP]: "name",
  [BUCKET]: "bucket",
  [STREAM]: "name",
};

export const rule = deployability({
  id: "aws-waf-log-destination-name",
  title: "Logs of a web ACL go to a destination whose name begins with aws-waf-logs-",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "WAFInvalidParameterException: Error reason: The ARN isn't valid., field: LOG_DESTINATION",
  },
  fix: `Begin the name of the log group, bucket or stream with ${BEGINNING}.`,
  source: "https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html",
  checkStack: {
    types: [LOGGING],
    run: (graph) =>
      graph.ofType(LOGGING).flatMap((logging) => about(logging, checkLogging(graph, logging))),
  },
});

function checkLogging(graph: Graph, logging: Resource): Report[] {
  const destinations = logging.at("logDestinationConfigs").each;
  const { found, open } = targets(graph, logging, destinations, ...Object.keys(NAMES));
  const named = found.flatMap(({ resource, at }) => checkName(resource, at));
  const literal = destinations.flatMap((at) => checkArn(at));
  return [
    ...named,
    ...literal,
    ...open.filter(({ path }) => !literal.some((one) => one.path === path)),
  ];
}

function checkName(destination: Resource, at: Value): Report[] {
  const property = NAMES[destination.type] ?? "name";
  const name = physicalName(destination, property);
  if (name === undefined) {
    const begins = destination.at(property).prefix;
    if (begins.startsWith(BEGINNING)) return [];
    return begins === "" || BEGINNING.startsWith(begins)
      ? [{ ...undecided(destination.at(property)), path: at.path }]
      : [violation(at, `the name of ${destination.name} begins with "${begins}"`)];
  }
  return name.text.startsWith(BEGINNING)
    ? []
    : [violation(at, `the name "${name.text}" does not begin with ${BEGINNING}`)];
}

/** An ARN tells the name, whoever made the thing. */
function checkArn(at: Value): Report[] {
  const name = /:log-group:([^:]+)|:s3:::([^/]+)|:deliverystream\/(.+)/.exec(at.text ?? "");
  const text = name?.[1] ?? name?.[2] ?? name?.[3];
  return text === undefined || text.startsWith(BEGINNING)
    ? []
    : [violation(at, `the name "${text}" does not begin with ${BEGINNING}`)];
}

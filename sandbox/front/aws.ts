import { historyOf, servingRevision, testedRevision } from "../aws/ecs-deployments";
import { taskDefinitionOf } from "../aws/ecs-tasks";
import { containersOf } from "../aws/ecs-task-checks";
import { ECS_SERVICE, LISTENER, LISTENER_RULE } from "../aws/refs";
import { fits } from "../lib/beside";
import { plain, type Plain } from "../lib/values";
import type { Objects } from "../stand-ins/stand-in";
import type { Asked, Routed } from "./route";

/** Headers of answers that a listener sets, by the attribute that holds the value. */
const HEADERS: Readonly<Record<string, string>> = {
  routingHttpResponseStrictTransportSecurityHeaderValue: "strict-transport-security",
  routingHttpResponseContentSecurityPolicyHeaderValue: "content-security-policy",
  routingHttpResponseXContentTypeOptionsHeaderValue: "x-content-type-options",
  routingHttpResponseXFrameOptionsHeaderValue: "x-frame-options",
};

/** An Application Load Balancer: rules by priority, target groups, and ECS's revision behind them. */
export function route(asked: Asked, cloud: Objects): Routed | undefined {
  const rule = cloud
    .of(LISTENER_RULE)
    .sort((a, b) => a.priority - b.priority)
    .find(({ conditions }) => list(conditions).every((condition) => meets(asked, condition)));
  if (!rule) return undefined;
  const groups = list(rule.actions).flatMap(({ forward, targetGroupArn }) =>
    targetGroupArn ? [targetGroupArn] : list(forward?.targetGroups).map(({ arn }) => arn),
  );
  const service = cloud.view
    .all(ECS_SERVICE)
    .find(({ outputs }) =>
      list(plain(outputs.loadBalancers)).some(({ targetGroupArn }) =>
        groups.includes(targetGroupArn),
      ),
    );
  if (!service) return undefined;
  const isTest = list(rule.conditions).some(({ httpHeader }) => httpHeader !== undefined);
  const history = historyOf(service);
  const revision = isTest ? testedRevision(history) : servingRevision(history);
  const name: unknown = plain(service.outputs.name);
  const program = revision?.containers.find((container) => container.name === name);
  if (!revision || !program) return undefined;
  const listener = cloud.of(LISTENER).find(({ id }) => id === rule.listenerArn);
  return {
    image: program.image,
    revision: revision.taskDefinition,
    headers: {
      ...frontHeaders(taskDefinitionOf(cloud.view, revision.taskDefinition)),
      ...Object.fromEntries(
        Object.entries(HEADERS).flatMap(([attribute, header]) =>
          listener?.[attribute] ? [[header, String(listener[attribute])]] : [],
        ),
      ),
    },
  };
}

/** Headers that the front container of a task sets in every answer. */
function frontHeaders(definition: Plain): Record<string, string> {
  const containers = containersOf(definition?.containerDefinitions);
  const front = list(containers).find(({ name }) => name === "front");
  const config = list(front?.environment).find(({ name }) => name === "FRONT_CONFIG");
  return config ? headersIn(JSON.parse(config.value) as Plain) : {};
}

function headersIn(part: Plain): Record<string, string> {
  if (typeof part !== "object" || part === null || part.match !== undefined) return {};
  const inside = Object.values(part as object).map(headersIn);
  const set = part.handler === "headers" ? ((part.response?.set ?? {}) as object) : {};
  return Object.assign(
    Object.fromEntries(Object.entries(set).map(([name, values]) => [name, String(values)])),
    ...inside,
  ) as Record<string, string>;
}

function meets({ host, path, headers }: Asked, condition: Plain): boolean {
  const { hostHeader, pathPattern, httpHeader } = condition;
  const one = (patterns: Plain, text: string): boolean =>
    list(patterns).some((pattern) => fits(pattern, text));
  if (hostHeader) return one(hostHeader.values, host);
  if (pathPattern) return one(pathPattern.values, path);
  if (!httpHeader) return true;
  const sent = headers[String(httpHeader.httpHeaderName).toLowerCase()];
  return typeof sent === "string" && one(httpHeader.values, sent);
}

const list = (value: Plain): Plain[] => (Array.isArray(value) ? [...value] : []);

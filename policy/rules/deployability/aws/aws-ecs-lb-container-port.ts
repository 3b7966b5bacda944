import { containersOf, hasOwnInterface, tasksOf } from "../../../lib/deployability/aws/tasks";
import { SERVICE, TASK } from "../../../lib/deployability/aws/types";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "aws-ecs-lb-container-port",
  title: "A load balancer is given a container and a port that the task declares",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameterException: The container did not have the container port of the load balancer defined.",
  },
  fix: "Let containerName and containerPort of the service name a container and a port of its portMappings; leave hostPort out in awsvpc mode.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html",
  check: { [TASK]: checkHostPorts },
  checkStack: {
    types: [SERVICE],
    run: (graph) =>
      graph.ofType(SERVICE).flatMap((service) => about(service, checkService(graph, service))),
  },
});

/** A task with an interface of its own has no other host to map a port to. */
function checkHostPorts(task: Resource): Report[] {
  if (hasOwnInterface(task) !== true) return [];
  return containersOf(task).containers.flatMap(({ at, label }) =>
    at.at("portMappings").items.flatMap((mapping) => {
      const host = mapping.at("hostPort");
      const port = mapping.at("containerPort");
      if ((host.number ?? 0) === 0 || port.number === undefined || host.number === port.number)
        return [];
      return [
        {
          ...violation(
            host,
            `container ${label} maps port ${port.number} to host port ${host.number}`,
          ),
          answer:
            "ClientException: When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
        },
      ];
    }),
  );
}

function checkService(graph: Graph, service: Resource): Report[] {
  const balanced = service.at("loadBalancers");
  if (balanced.unknown) return [undecided(balanced)];
  const entries = balanced.items.filter((entry) => entry.at("containerName").present);
  if (entries.length === 0) return [];
  const { found, open } = tasksOf(graph, service);
  return [
    ...open,
    ...found.flatMap(({ resource: task }) => entries.flatMap((entry) => checkEntry(task, entry))),
  ];
}

function checkEntry(task: Resource, entry: Value): Report[] {
  const name = entry.at("containerName");
  const port = entry.at("containerPort");
  const { containers, open } = containersOf(task);
  const waiting = [...open, ...[name, port].filter((value) => value.unknown).map(undecided)];
  if (waiting.length > 0) return waiting.map((report) => ({ ...report, path: entry.path }));
  const container = containers.find(({ at }) => at.at("name").text === name.text);
  if (container === undefined) {
    const unnamed = containers.some(({ at }) => at.at("name").unknown);
    if (unnamed || containers.length === 0) return unnamed ? [undecided(name)] : [];
    return [
      {
        ...violation(name, `the task has no container ${String(name.raw)}`),
        answer: `InvalidParameterException: The container ${String(name.raw)} does not exist in the task definition.`,
      },
    ];
  }
  return checkPort(container.at, port, String(name.raw));
}

function checkPort(container: Value, port: Value, name: string): Report[] {
  const mappings = container.at("portMappings");
  if (mappings.unknown) return [{ ...undecided(mappings), path: port.path }];
  const wanted = port.number;
  if (wanted === undefined) return [];
  const declared = mappings.items.map((mapping) => mapping.at("containerPort"));
  const inRange = mappings.items.some((mapping) => {
    const [from, to] = (mapping.at("containerPortRange").text ?? "").split("-").map(Number);
    return from !== undefined && to !== undefined && from <= wanted && wanted <= to;
  });
  if (!inRange && !declared.some((value) => value.number === wanted)) {
    const [unknown] = declared.filter((value) => value.unknown);
    if (unknown !== undefined) return [{ ...undecided(unknown), path: port.path }];
    const known = declared.map((value) => value.number).join(", ") || "none";
    return [
      {
        ...violation(port, `container ${name} declares no port ${wanted} (it declares ${known})`),
        answer: `InvalidParameterException: The container ${name} did not have a container port ${wanted} defined.`,
      },
    ];
  }
  return listensElsewhere(container, port, wanted, name);
}

/** Programs that are told their port by PORT listen there and nowhere else. */
function listensElsewhere(container: Value, port: Value, wanted: number, name: string): Report[] {
  const told = container.at("environment").items.find((entry) => entry.at("name").text === "PORT");
  const listens = told?.at("value").number;
  if (listens === undefined || listens === wanted) return [];
  return [
    {
      ...violation(port, `container ${name} is told to listen on PORT ${listens}, not ${wanted}`),
      answer: "Health checks never pass and the tasks are replaced for ever.",
    },
  ];
}

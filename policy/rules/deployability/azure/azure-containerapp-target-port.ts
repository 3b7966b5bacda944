import { ofEach } from "../../../lib/deployability/each";
import { APP } from "../../../lib/deployability/azure/types";
import { environmentOf } from "../../../lib/deployability/azure/workloads";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

/** Variables by which programs are told where to listen. */
const LISTENS =
  /^(PORT|HTTP_PORT|SERVER_PORT|APP_PORT|LISTEN_PORT|WEB_PORT|SERVICE_PORT|WEBSITES_PORT|UVICORN_PORT|GUNICORN_PORT|FLASK_RUN_PORT|ASPNETCORE_HTTP_PORTS|ASPNETCORE_URLS|SERVER_ADDRESS|LISTEN_ADDR|LISTEN_ADDRESS|BIND_ADDR|GRPC_PORT)$/;

export const rule = deployability({
  id: "azure-containerapp-target-port",
  title: "Ingress goes to the port the container listens on",
  confidence: "medium",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "TargetPort does not match the listening port; the revision stays unhealthy and clients get 503 upstream connect error.",
  },
  fix: "Set ingress.targetPort and the ports of the probes to the port the program listens on; use exposedPort and tcp only in an environment with a network.",
  source: "https://learn.microsoft.com/azure/container-apps/troubleshooting",
  check: {
    [APP]: (app) => {
      const ingress = app.at("configuration.ingress");
      const port = ingress.at("targetPort");
      return [...checkPort(app, port), ...checkExposed(ingress)];
    },
  },
  checkStack: ofEach([APP], (app, graph) => {
    const ingress = app.at("configuration.ingress");
    const isOpen = ingress.at("external").boolean === true;
    if (!ingress.at("transport").isWord("tcp") || !isOpen) return [];
    const { resource: environment, open } = environmentOf(graph, app);
    if (environment === undefined) return open;
    const subnet = environment.at("vnetConfiguration.infrastructureSubnetId");
    return subnet.present
      ? []
      : [violation(ingress.at("transport"), `${environment.name} has no network for tcp ingress`)];
  }),
});

/** A port nothing speaks for, while every container speaks for another one. */
function checkPort(app: Resource, port: Value): Report[] {
  if (port.absent || port.number === 0) return [];
  const containers = app.at("template.containers").items.map((container) => {
    const listens = listensOf(container);
    const probes = probesOf(container);
    return { told: listens.length > 0 ? listens : probes, all: [...listens, ...probes] };
  });
  // A proxy beside the program may listen without saying where.
  if (containers.length === 0 || containers.some(({ told }) => told.length === 0)) return [];
  const told = containers.flatMap((one) => one.told);
  const [unknown] = [port, ...told].filter((value) => value.unknown);
  if (unknown !== undefined) return [undecided(unknown)];
  const own = new Set(told.flatMap(portsOf));
  const given = port.number;
  if (given === undefined || own.size === 0) return [];
  if (containers.some(({ all }) => all.flatMap(portsOf).includes(given))) return [];
  return [
    violation(
      port,
      `targetPort is ${given}, but the containers listen on ${[...own].join(" and ")}`,
    ),
  ];
}

function listensOf(container: Value): Value[] {
  return container
    .at("env")
    .items.filter((variable) => LISTENS.test(variable.at("name").text ?? ""))
    .map((variable) => variable.at("value"))
    .filter((value) => value.present && value.text !== "");
}

function probesOf(container: Value): Value[] {
  return container
    .at("probes")
    .items.flatMap((probe) => [probe.at("httpGet.port"), probe.at("tcpSocket.port")])
    .filter((value) => value.present);
}

/** `8080`, `:8080`, `http://+:8080;https://+:8443` and `8080;9090`. */
function portsOf(value: Value): number[] {
  if (value.number !== undefined) return [value.number];
  return [...(value.text ?? "").matchAll(/(?:^|[:;,])\s*(\d{2,5})(?=[;,/\s]|$)/g)].map((match) =>
    Number(match[1]),
  );
}

function checkExposed(ingress: Value): Report[] {
  const exposed = ingress.at("exposedPort");
  const transport = ingress.at("transport");
  if (exposed.absent || exposed.number === 0 || transport.unknown || transport.isWord("tcp"))
    return [];
  return [
    {
      ...violation(exposed, "exposedPort is for transport tcp only"),
      answer: "ContainerAppInvalidIngressExposedPort: exposedPort is supported for TCP only.",
    },
  ];
}

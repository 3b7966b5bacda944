import type { Revision, Services } from "../driver";
import { serving } from "../prove";
import type { Stack, StackResource } from "../stack";

export const CONTAINER = "docker:index/container:Container";
const PROVIDER = "pulumi:providers:docker";

/** A container as `docker container inspect` tells of it. */
export interface Inspected {
  readonly Image: string;
  readonly Created: string;
  readonly Config: { readonly Env?: readonly string[] };
  readonly State: {
    readonly ExitCode: number;
    readonly Health?: { readonly Status: string };
  };
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>>;
  };
}

/** A container of a service, and the revision that is part of its name. */
export interface Replica {
  readonly revision: string;
  readonly resource: StackResource;
}

/** The engine that the stack's provider talks to. */
export function hostOf(stack: Stack): string {
  const provider = stack.resources.find(({ type }) => type === PROVIDER);
  const host = provider?.inputs.host ?? process.env.DOCKER_HOST;
  return typeof host === "string" ? host : "unix:///var/run/docker.sock";
}

export const nameOf = ({ outputs }: StackResource): string => String(outputs.name);

export const isRoutes = (name: string): boolean => /-routes(-ended-well)?$/.test(name);

/** Containers of a service: `api-1a2b3c4d-1`, or `gateway-1` where the host's name for it is fixed. */
export function replicasOf(stack: Stack, service: string): Replica[] {
  return stack.within("ContainerService", service, CONTAINER).flatMap((resource) => {
    const rest = resource.name.slice(service.length + 1);
    const [, revision = "in place"] = /^(?:([0-9a-f]{8})-)?\d+$/.exec(rest) ?? [undefined, ""];
    return revision === "" ? [] : [{ revision, resource }];
  });
}

/** Everything of the serving revisions: containers, what carries their files, what is beside them. */
export function kept(stack: Stack, before: Services): StackResource[] {
  return Object.keys(before).flatMap((service) =>
    serving(before, service).flatMap(({ name }) =>
      stack
        .within("ContainerService", service)
        .filter((resource) => resource.name.startsWith(`${service}-${name}-`)),
    ),
  );
}

export function stateOf(
  containers: readonly Inspected[],
): Pick<Revision, "image" | "digest" | "healthy" | "reason"> {
  const image = containers[0]?.Image ?? "";
  const sick = containers.find(({ State }) => State.Health?.Status === "unhealthy");
  const well = containers.every(({ State }) => State.Health?.Status === "healthy");
  return {
    image,
    ...(image.startsWith("sha256:") ? { digest: image } : {}),
    healthy: sick ? "no" : well ? "yes" : "unknown",
    ...(sick ? { reason: "the engine calls it unhealthy" } : {}),
  };
}

export const created = ({ Created }: Inspected): number => Date.parse(Created);

/** Port of the health check, which asks the program itself. */
export function portOf({ inputs }: StackResource): string | undefined {
  const { tests = [] } = (inputs.healthcheck ?? {}) as { tests?: string[] };
  return /^http:\/\/127\.0\.0\.1:(\d+)\//.exec(tests.at(-1) ?? "")?.[1];
}

/** Labels that say whose a container is. */
const OWNER = ["portolan.system", "portolan.stack"];

/**
 * Names of the stack's containers that its state does not know, in the lines of `docker ps` as JSON: an
 * update that was killed was making them. They would run on, and the next try needs their names.
 */
export function halfMade(stack: Stack, lines: string): string[] {
  const known = stack.resources.filter(({ type }) => type === CONTAINER);
  const labels = (known[0]?.inputs.labels ?? []) as { label: string; value: string }[];
  const owner = labels.filter(({ label }) => OWNER.includes(label));
  if (owner.length !== OWNER.length) return [];
  const names = new Set(known.filter(({ isGone }) => !isGone).map(nameOf));
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { Names: string; Labels: string })
    .filter(({ Names, Labels }) => {
      const own = Labels.split(",");
      return (
        !names.has(Names) && owner.every((each) => own.includes(`${each.label}=${each.value}`))
      );
    })
    .map(({ Names }) => Names);
}

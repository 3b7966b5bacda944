import { Container, type ContainerArgs } from "@pulumi/docker/container";
import * as pulumi from "@pulumi/pulumi";
import { RandomUuid } from "@pulumi/random/randomUuid";

const CONTAINER = "docker:index/container:Container";
const ATTEMPT = "portolan.attempt";

/**
 * Runs a container to its end. Gives a resource that exists only when it has ended with exit code 0;
 * what depends on it is not touched otherwise. The provider reports an exit code and calls the
 * container created all the same. Waiting for health instead would gate once only: a container whose
 * wait failed is in the state, and the next update takes it for good.
 *
 * `isLeft`: this update leaves the container as it is, so it is not asked how an earlier one ended.
 */
export function runToEnd(
  name: string,
  args: ContainerArgs & { readonly name: string; readonly labels: readonly Label[] },
  options: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
  isLeft = false,
): RandomUuid {
  const { parent } = options;
  const container = new Container(
    name,
    {
      ...args,
      labels: [...args.labels, attempt(args.name)],
      // It is meant to end: attached to, so that `up` waits for it, and left alone afterwards.
      attach: true,
      mustRun: false,
      restart: "no",
    },
    // By itself the provider asks for it only when an input changes, not for `--replace`.
    { deleteBeforeReplace: true, ...options },
  );
  const code = pulumi.all([container.exitCode, container.name]).apply(([code, host]) => {
    if (code === 0 || isLeft) return "0";
    const how = code === undefined ? "has not ended" : `ended with exit code ${code}`;
    throw new pulumi.RunError(
      `${name} ${how}; nothing that depends on it was changed. Its output: docker logs ${host}. ` +
        "Remove the cause and update again: it will be run anew",
    );
  });
  return new RandomUuid(`${name}-ended-well`, { keepers: { run: container.id, code } }, { parent });
}

/**
 * A label that is another one after every failure, so that the next update replaces the container,
 * and the same one as long as it has ended well. A job that failed on another cloud is not in the
 * state and therefore made anew; this one is, and an unchanged description would leave it there.
 */
function attempt(host: string): Label {
  const value = lastState().then((state) => {
    const last = Object.values(state).find(
      ({ type, outputs }) => type === CONTAINER && outputs.name === host,
    )?.outputs;
    const number = Number(last?.labels?.find(({ label }) => label === ATTEMPT)?.value ?? 1);
    return `${last === undefined || last.exitCode === 0 ? number : number + 1}`;
  });
  return { label: ATTEMPT, value };
}

interface Label {
  readonly label: string;
  readonly value: pulumi.Input<string>;
}

/** What the state holds of a container, as far as it matters here. */
interface Last {
  /** On the host. */
  readonly name?: string;
  readonly exitCode?: number;
  readonly labels?: readonly { readonly label: string; readonly value: string }[];
}

type State = Readonly<Record<string, { readonly type: string; readonly outputs: Last }>>;

let state: Promise<State> | undefined;

/** The stack as the update before has left it, finished or not: outputs by URN. */
function lastState(): Promise<State> {
  const stackName = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
  // The engine's own; it needs no provider and no host. A stack's outputs would not do: an update
  // that fails leaves those of the one before.
  state ??= untilWhole(() =>
    pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName }),
  ).then(({ outputs }: { outputs: State }) => outputs);
  return state;
}

/** A file backend is read while the engine writes it, and then ends too early. */
async function untilWhole<T>(read: () => Promise<T>, triesLeft = 100): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (triesLeft === 0 || !/EOF|unexpected end/.test(String(error))) throw error;
    await new Promise((resolve) => setTimeout(resolve, 50));
    return untilWhole(read, triesLeft - 1);
  }
}

import * as fs from "node:fs";
import * as os from "node:os";
import path from "node:path";
import type * as Cli from "../../release/cli";
import type { Driver, Services } from "../../release/driver";
import type { Engine, Traffic, Update, Wanted } from "../../release/engine";
import { ReleaseError } from "../../release/error";
import { Stack } from "../../release/stack";
import { Catalogue } from "../../sandbox/lib/catalogue";
import { Resources } from "../../sandbox/lib/resources";
import { Seal } from "../../sandbox/lib/seal";
import { Store } from "../../sandbox/lib/store";
import type { PackageTable } from "../../sandbox/lib/table";
import type { Plain, Properties } from "../../sandbox/lib/values";
import { answerOf } from "../../sandbox/stand-ins/answers";
import type { StandIn } from "../../sandbox/stand-ins/stand-in";

export const SERVICES = ["api", "ui"];
/** What each service gets of the production traffic, by version. */
export const BOTH = (share: object): object[] => SERVICES.map(() => share);

export const wants = (image: string): Wanted => ({ images: { api: image }, jobs: "run" });

/** How two services are deployed on a cloud. */
export interface Cloud {
  readonly provider: PackageTable;
  /** The provider's configuration. */
  readonly config: Record<string, Plain>;
  /** Type of a service's resource. */
  readonly type: string;
  /** Inputs of a service, once what they refer to has been made. */
  inputs(make: Make, name: string, image: string, traffic?: Traffic): Promise<Properties>;
}

export type Make = (type: string, name: string, inputs: Properties) => Promise<{ id: string }>;

/** `release/cli` whose answers come out of the simulated cloud, without a process for each. */
export function cliOf(standIn: StandIn): typeof Cli {
  const actual = jest.requireActual<typeof Cli>("../../release/cli");
  const ask = async <T>(_program: string, args: readonly string[]): Promise<T> => {
    try {
      return await Promise.resolve(answerOf(standIn, args) as T);
    } catch (error) {
      throw new actual.CliError((error as Error).message, (error as Error).message);
    }
  };
  return { ...actual, ask };
}

/** A folder with a simulated cloud, and updates of it as Pulumi's provider makes them, without Pulumi. */
export class SimulatedCloud implements Engine {
  readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), "simulated-release-"));
  readonly #cloud: Cloud;
  readonly #resources: Resources;
  readonly #state = new Map<string, { id: string; inputs: Properties; outputs: Properties }>();

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    process.env["SANDBOX_CLOUD"] = this.#folder;
    process.env["SANDBOX_PASSPHRASE_FILE"] = path.join(this.#folder, "passphrase");
    fs.writeFileSync(path.join(this.#folder, "passphrase"), "test");
    const { provider, config } = cloud;
    const store = new Store(this.#folder, provider.name, new Seal("test"));
    const catalogue = new Catalogue(provider, () => Promise.resolve({}));
    this.#resources = new Resources(provider, catalogue, store, config);
  }

  async deploy(image: string): Promise<void> {
    const { type } = this.#cloud;
    for (const name of SERVICES) {
      const inputs = await this.#cloud.inputs(this.make, name, image);
      this.#state.set(name, { ...(await this.make(type, name, inputs)), inputs });
    }
  }

  make = async (type: string, name: string, inputs: Properties) => {
    const made = await this.#resources.create({ type, urn: urnOf(type, name), id: "" }, inputs);
    this.#resources.acknowledge(urnOf(type, name));
    return made;
  };

  async start({ images }: Wanted, traffic?: Traffic): Promise<Update> {
    const visited = new Map(SERVICES.map((name) => [urnOf(this.#cloud.type, name), "update"]));
    const all = SERVICES.map((name) =>
      this.#update(name, String(images[name] ?? images["api"]), traffic),
    );
    let ended = false;
    let failed = false;
    for (const one of all) one.catch(() => (failed = true));
    const done = Promise.allSettled(all).then((ends) => {
      ended = true;
      const failed = ends.find((end) => end.status === "rejected");
      if (failed) throw new ReleaseError(String((failed.reason as Error).message));
    });
    done.catch(() => undefined);
    return { done, ended: () => ended, progress: () => ({ visited, failed }) };
  }

  async up(wanted: Wanted, traffic?: Traffic): Promise<void> {
    await (
      await this.start(wanted, traffic)
    ).done;
  }

  stack = async (): Promise<Stack> =>
    new Stack(
      JSON.stringify({
        deployment: {
          resources: SERVICES.flatMap((name) => {
            const { type } = this.#cloud;
            const parent = urnOf("portolan:components:ContainerService", name);
            return [
              { urn: parent, type: "portolan:components:ContainerService" },
              { urn: urnOf(type, name), type, parent, ...this.#state.get(name) },
            ];
          }),
        },
      }),
    );

  preview = (): Promise<void> => Promise.resolve();
  refresh = (): Promise<void> => Promise.resolve();

  /** A file that says how things shall go in the simulated cloud. */
  plant(file: string, content: unknown): void {
    fs.writeFileSync(path.join(this.#folder, file), JSON.stringify(content));
  }

  remove(): void {
    delete process.env["SANDBOX_CLOUD"];
    delete process.env["SANDBOX_PASSPHRASE_FILE"];
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }

  async #update(name: string, image: string, traffic: Traffic | undefined): Promise<void> {
    const old = this.#state.get(name);
    if (!old) throw new Error(`${name} was never deployed`);
    const { type } = this.#cloud;
    const inputs = await this.#cloud.inputs(this.make, name, image, traffic);
    const target = { type, urn: urnOf(type, name), id: old.id };
    const outputs = await this.#resources.update(target, old.outputs, old.inputs, inputs);
    this.#state.set(name, { id: old.id, inputs, outputs });
  }
}

const urnOf = (type: string, name: string): string => `urn:pulumi:s::p::${type}::${name}`;

/** Percent of the production traffic by version, of each service. */
export const shares = (services: Services): object[] =>
  SERVICES.map((name) =>
    Object.fromEntries(
      (services[name]?.revisions ?? []).map(({ image, percent }) => [image.slice(-5), percent]),
    ),
  );

/** The same, asked for now. */
export const sharesNow = async (driver: Driver): Promise<object[]> =>
  shares(await driver.observe());

/** Nobody waits for a simulated cloud. */
export function hurry(): void {
  const { setTimeout: real } = globalThis;
  jest
    .spyOn(globalThis, "setTimeout")
    .mockImplementation(((run: () => void, wait = 0) =>
      real(run, Math.min(wait, 20))) as typeof setTimeout);
}

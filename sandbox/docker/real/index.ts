import type Docker from "dockerode";
import { PartlyMade, type Found, type Lifecycle, type Target } from "../../lib/lifecycle";
import { mergeOutputs, previewOutputs } from "../../lib/outputs";
import type { PackageTable, Place, TypeTable } from "../../lib/table";
import { plain, UNKNOWN, type Plain, type Properties, type Value } from "../../lib/values";
import { types as tables } from "../engine";
import { connect, reasonOf } from "./connection";
import { container } from "./container";
import { image, registryImage, remoteImage, tag } from "./images";
import { network, volume } from "./networks";
import { Unfinished, type RealType, type Seen } from "./resource";

const REAL: Readonly<Record<string, RealType>> = {
  "docker:index/container:Container": container,
  "docker:index/network:Network": network,
  "docker:index/volume:Volume": volume,
  "docker:index/remoteImage:RemoteImage": remoteImage,
  "docker:index/image:Image": image,
  "docker:index/tag:Tag": tag,
  "docker:index/registryImage:RegistryImage": registryImage,
};

/**
 * The docker package on a real engine, asked through its API. Checks and differences are those of
 * the tables, which say what the official plugin does; what happens then is real.
 */
export class RealDocker implements Lifecycle {
  readonly #provider: PackageTable;
  readonly #engine: Docker;

  constructor(provider: PackageTable, config: Record<string, Plain>) {
    this.#provider = provider;
    this.#engine = connect(config);
  }

  place(): Place {
    return {};
  }

  acknowledge(): void {
    // The engine's own state is the only record there is.
  }

  previewCreate({ type }: Target, inputs: Properties): Promise<Properties> {
    return Promise.resolve(previewOutputs(this.#provider, tableOf(type), inputs));
  }

  async create({ type }: Target, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    const state = (seen: Seen): Properties =>
      mergeOutputs(tableOf(type), inputs, outputsOf(seen, inputs));
    try {
      const seen = await realOf(type).create(this.#engine, plain(inputs));
      return { id: seen.id, outputs: state(seen) };
    } catch (error) {
      if (!(error instanceof Unfinished)) throw new Error(reasonOf(error), { cause: error });
      const made = { id: error.seen.id, inputs, outputs: state(error.seen) };
      throw new PartlyMade(error.message, made);
    }
  }

  previewUpdate(
    { type }: Target,
    olds: Properties,
    oldInputs: Properties,
    news: Properties,
  ): Promise<Properties> {
    const table = tableOf(type);
    const fresh = (table.changing ?? []).filter((key) => news[key] === undefined);
    const computed = Object.entries(olds).filter(([key]) => !(key in oldInputs));
    return Promise.resolve(
      mergeOutputs(table, news, {
        ...Object.fromEntries(computed),
        ...Object.fromEntries(fresh.map((key) => [key, UNKNOWN])),
      }),
    );
  }

  async update(
    { type, id }: Target,
    _olds: Properties,
    oldInputs: Properties,
    news: Properties,
  ): Promise<Properties> {
    const real = realOf(type);
    try {
      await real.update?.(this.#engine, id, plain(oldInputs), plain(news));
      const seen = await real.read(this.#engine, id, plain(news));
      if (seen === undefined) throw new Error(`${type} '${id}' no longer exists`);
      return mergeOutputs(tableOf(type), news, outputsOf(seen, news));
    } catch (error) {
      throw new Error(reasonOf(error), { cause: error });
    }
  }

  async read(
    { type, id }: Target,
    _placing: Properties,
    state: Properties,
    inputs: Properties,
  ): Promise<Found | undefined> {
    // An import knows nothing but the id: what the engine tells becomes the inputs.
    const known = Object.keys(inputs).length > 0 ? inputs : state;
    const seen = await realOf(type).read(this.#engine, id, plain(known));
    if (seen === undefined) return undefined;
    const imported = Object.keys(known).length === 0;
    const now = imported ? importedInputs(seen) : { ...known, ...seen.drifted };
    return {
      id: seen.id,
      inputs: now,
      outputs: mergeOutputs(tableOf(type), { ...state, ...now }, outputsOf(seen, now)),
    };
  }

  async remove({ type, id }: Target, state: Properties): Promise<void> {
    try {
      await realOf(type).remove(this.#engine, id, plain(state));
    } catch (error) {
      throw new Error(reasonOf(error), { cause: error });
    }
  }
}

function realOf(type: string): RealType {
  const real = REAL[type];
  if (real === undefined) {
    throw new Error(`${type} is not driven here; install the official docker plugin for it`);
  }
  return real;
}

const tableOf = (type: string): TypeTable => tables[type] ?? {};

/** Computed outputs; an input keeps the form, and the secrecy, in which the program gave it. */
function outputsOf({ outputs }: Seen, inputs: Properties): Record<string, Value> {
  return Object.fromEntries(Object.entries(outputs).filter(([key]) => !(key in inputs)));
}

/** What a program would have to say to get what was found. */
function importedInputs({ outputs }: Seen): Properties {
  const { name, image: from, driver, internal, command, entrypoints, user } = outputs;
  const said = { name, image: from, driver, internal, command, entrypoints, user };
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== undefined && value !== ""),
  );
}

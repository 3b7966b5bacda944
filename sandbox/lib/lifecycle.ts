import type { Place } from "./table";
import type { Plain, Properties } from "./values";

/** A resource as the engine names it in a request; the ID is empty before creation. */
export interface Target {
  type: string;
  urn: string;
  id: string;
}

/** What was found of a resource: an empty answer means that it is gone. */
export interface Found {
  id: string;
  inputs: Properties;
  outputs: Properties;
}

/** The life of a package's resources: in the simulated cloud, or in a real one. */
export interface Lifecycle {
  place(inputs: Properties): Place;
  previewCreate(target: Target, inputs: Properties): Promise<Properties>;
  create(target: Target, inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  /** The engine has been told of a creation. */
  acknowledge(urn: string): void;
  previewUpdate(
    target: Target,
    olds: Properties,
    oldInputs: Properties,
    news: Properties,
  ): Promise<Properties>;
  update(
    target: Target,
    olds: Properties,
    oldInputs: Properties,
    news: Properties,
  ): Promise<Properties>;
  read(
    target: Target,
    placing: Properties,
    state: Properties,
    inputs: Properties,
  ): Promise<Found | undefined>;
  remove(target: Target, state: Properties): Promise<void>;
}

/** Makes the lifecycle of a package whose resources are real; `config` is the provider's. */
export type RealLifecycle = (config: Record<string, Plain>) => Lifecycle;

/**
 * A creation that went wrong after the thing was made: the engine keeps what there is in the state
 * and shows the reasons, as it does for every bridged provider.
 */
export class PartlyMade extends Error {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;

  constructor(reason: string, made: { id: string; inputs: Properties; outputs: Properties }) {
    super(reason);
    this.id = made.id;
    this.inputs = made.inputs;
    this.outputs = made.outputs;
  }
}

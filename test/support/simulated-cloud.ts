import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Catalogue } from "../../sandbox/lib/catalogue";
import { check } from "../../sandbox/lib/check";
import { Resources } from "../../sandbox/lib/resources";
import { Seal } from "../../sandbox/lib/seal";
import { tableFromSdk } from "../../sandbox/lib/sdk";
import { Store } from "../../sandbox/lib/store";
import type { PackageTable } from "../../sandbox/lib/table";
import type { Properties } from "../../sandbox/lib/values";

const urnOf = (type: string, name: string): string => `urn:pulumi:test::test::${type}::${name}`;

/** The simulated cloud of one package without an engine: what a table answers is asked in milliseconds. */
export class SimulatedCloud {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-simulated-"));
  private readonly catalogue: Catalogue;
  private readonly resources: Resources;

  constructor(provider: PackageTable, config: Record<string, string>) {
    process.env["SANDBOX_CLOUD"] = this.folder;
    const sdk = provider.sdk ?? `@pulumi/${provider.name}`;
    this.catalogue = new Catalogue(provider, (type) =>
      Promise.resolve(tableFromSdk(sdk, type, [__dirname])),
    );
    const store = new Store(this.folder, provider.name, new Seal("test"));
    this.resources = new Resources(provider, this.catalogue, store, config);
  }

  /** Checked inputs, as the engine has them before it asks for a creation. */
  async checked(type: string, logicalName: string, news: Properties): Promise<Properties> {
    const table = await this.catalogue.table(type);
    const rest = { olds: {}, seed: new Uint8Array([1]), autonaming: undefined };
    const { inputs, failures } = check({ table, type, logicalName, news, ...rest });
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
    return inputs;
  }

  /** Creates an object and gives its ID; a removal takes what this has given. */
  async create(type: string, name: string, news: Properties = {}): Promise<Made> {
    const inputs = await this.checked(type, name, news);
    const target = { type, urn: urnOf(type, name), id: "" };
    const { id, outputs } = await this.resources.create(target, inputs);
    this.resources.acknowledge(target.urn);
    return { ...target, id, outputs };
  }

  remove({ outputs, ...target }: Made): Promise<void> {
    return this.resources.remove(target, outputs);
  }

  close(): void {
    delete process.env["SANDBOX_CLOUD"];
    fs.rmSync(this.folder, { recursive: true });
  }
}

/** Something that was created. */
export interface Made {
  readonly type: string;
  readonly urn: string;
  readonly id: string;
  readonly outputs: Properties;
}

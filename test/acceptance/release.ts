import fs from "node:fs";
import yaml from "js-yaml";
import type { CloudReader } from "../clouds/reader";
import type { Deployed } from "../support/deployed";
import type { Operation } from "../support/operations";
import type { Application } from "./statements";

/** Where data lives: a release leaves all of it alone. */
const STORES = ["ManagedPostgres", "PrivateRedis"];

/** A stack file with another release of the application's own images. */
export function nextRelease(file: string, { released }: Application): string {
  const content = yaml.load(fs.readFileSync(file, "utf8")) as {
    config: { "portolan:images": Record<string, unknown> };
  };
  const images = content.config["portolan:images"];
  return yaml.dump({
    config: {
      ...content.config,
      "portolan:images": {
        ...images,
        ...Object.fromEntries(released.map((name) => [name, "9.9.9"])),
      },
    },
  });
}

/** Jobs ran first, services were changed, no store was touched. */
export function expectRelease(
  { migrations, services }: Application,
  reader: CloudReader,
  stack: Deployed,
  operations: readonly Operation[],
): void {
  const on = (urn: string): Operation[] =>
    operations.filter((each) => each.urn === urn && !each.op.startsWith("delete"));
  const names = (urns: readonly { urn: string; name: string }[]): string[] =>
    urns.filter(({ urn }) => on(urn).length > 0).map(({ name }) => name);

  const stores = STORES.flatMap((kind) => stack.components(kind));
  expect(stores.flatMap((store) => names(stack.within(store)))).toEqual([]);

  const runs = migrations.map((job) => reader.run(stack, job));
  expect(names(runs)).toEqual(runs.map(({ name }) => name));
  for (const service of services) {
    const serving = reader.serving(stack, service);
    expect([service, names(serving).length]).not.toEqual([service, 0]);
    for (const each of serving) {
      const before = stack.closure(each);
      const ends = runs
        .filter(({ urn }) => before.has(urn))
        .flatMap(({ urn }) => on(urn).map(({ to }) => to ?? Infinity));
      for (const { from } of on(each.urn)) expect(Math.max(-1, ...ends)).toBeLessThan(from);
    }
  }
}

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import yaml from "js-yaml";
import { CLOUDS } from "../../components/cloud";
import { SYSTEM_NAMES } from "../../systems/load";
import { ROOT } from "../docs/markdown";

const cells = SYSTEM_NAMES.flatMap((system) => CLOUDS.map((cloud) => [system, cloud] as const));
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

test.each(cells)("%s has a staging stack on %s", (system, cloud) => {
  const { config } = yaml.load(read(`examples/${system}-${cloud}.yaml`)) as { config: object };
  expect(config).toMatchObject({
    "portolan:system": system,
    "portolan:cloud": cloud,
    "portolan:profile": "staging",
  });
});

test("there is no other example, and the project's own staging stack is one of them", () => {
  const files = cells.map(([system, cloud]) => `${system}-${cloud}.yaml`);
  expect(readdirSync(path.join(ROOT, "examples")).sort()).toEqual(files.sort());
  expect(read("examples/lattice-policy-aws.yaml")).toBe(read("Pulumi.staging.yaml"));
});

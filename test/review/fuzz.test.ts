import { join } from "node:path";
import fc from "fast-check";
import { call, Folder } from "./command";

const folder = new Folder();
afterAll(() => folder.remove());

const RUNS = { numRuns: 60 };
const TYPES = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ecs/taskDefinition:TaskDefinition",
  "azure-native:app:ContainerApp",
  "gcp:sql/databaseInstance:DatabaseInstance",
  "docker:index/container:Container",
];

/** A resource whose every field but the type may be anything. */
const resource = fc.record(
  {
    type: fc.constantFrom(...TYPES),
    urn: fc.constantFrom(...TYPES.map((type) => `urn:pulumi:dev::shop::${type}::x`)),
    name: fc.constantFrom("x", "y"),
    props: fc.dictionary(fc.string(), fc.jsonValue()),
    inputs: fc.jsonValue(),
    outputs: fc.jsonValue(),
    opts: fc.jsonValue(),
    parent: fc.constantFrom(...TYPES.map((type) => `urn:pulumi:dev::shop::${type}::x`)),
    dependencies: fc.jsonValue(),
    propertyDependencies: fc.jsonValue(),
    sourcePosition: fc.jsonValue(),
    stackTrace: fc.jsonValue(),
  },
  { requiredKeys: ["type", "urn"] },
);

/** Every output is made, since each reads the resources in its own way. */
async function answers(option: string, content: unknown): Promise<void> {
  const file = folder.write("input.json", content);
  const outputs = ["sarif", "junit", "json", "html"].flatMap((kind) => [
    `--${kind}`,
    join(folder.path, kind),
  ]);
  const { code, stderr } = await call(option, file, "--control-report", ...outputs);
  expect([0, 1, 2]).toContain(code);
  expect(code === 2).toBe(stderr !== "");
}

describe("odd files never crash a review", () => {
  test("any JSON as any input", async () => {
    const inputs = fc.constantFrom("--file", "--preview", "--resources");
    await fc.assert(fc.asyncProperty(inputs, fc.jsonValue(), answers), RUNS);
  });

  test("lists of odd resources", async () => {
    const lists = fc.array(resource, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(lists, (list) => answers("--resources", list)),
      RUNS,
    );
  });

  test("states and previews of odd resources", async () => {
    const lists = fc.array(resource, { minLength: 1, maxLength: 4 });
    const property = fc.asyncProperty(lists, async (resources) => {
      await answers("--file", { version: 3, deployment: { resources } });
      await answers("--preview", {
        steps: resources.map((newState) => ({ op: "create", newState })),
      });
    });
    await fc.assert(property, RUNS);
  });
});

import type { Change } from "../../review/plan-diff/changes";
import type { StackDiff } from "../../review/plan-diff/compare";
import { toMarkdown } from "../../review/plan-diff/output/markdown";
import { errorsIn } from "../../review/plan-diff/sandbox";
import { holdsData } from "../../review/plan-diff/stateful";
import { showChange } from "../../review/plan-diff/value";

const NOTHING = { added: [], removed: [] };
const change = (name: string, kind: Change["kind"], data = false): Change => ({
  ...{ kind, name, data, urn: name, type: "aws:x/y:Y" },
  properties: [{ path: "size", before: "1", after: "2", replaces: kind === "replaced" }],
});
const diff = (changes: Change[]): StackDiff => ({
  ...{ stack: "prod", errors: [], changes, unchanged: 3 },
  ...{ findings: NOTHING, connections: NOTHING, inventory: [] },
});

test("a comment that is too long keeps its summary and says how much is missing", () => {
  const many = Array.from({ length: 5000 }, (_, index) => change(`r${index}`, "updated"));
  const text = toMarkdown("main", "head", [diff([change("db", "replaced", true), ...many])]);
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain("| `prod` | ✅ | 1 replaced (1 with data), 5000 updated |");
  expect(text).toContain("**REPLACED, WITH ITS DATA** `db`");
  expect(text).toMatch(/… [\d,]+ more lines/);
  expect(text.split("<details>").length).toBe(text.split("</details>").length);
});

test("what a change brings is text, never markup or a mention", () => {
  const odd = { ...change("`x` @all", "updated"), properties: [] };
  const text = toMarkdown("main", "@evil <img>", [{ ...diff([odd]), errors: ["```` @all"] }]);
  expect(text).toContain("`` `x` @all ``");
  expect(text.match(/````/g)).toHaveLength(2);
});

test.each([
  ["aws:rds/instance:Instance", true],
  ["aws:s3/bucket:Bucket", true],
  ["aws:s3/bucketPolicy:BucketPolicy", false],
  ["aws:secretsmanager/secretVersion:SecretVersion", false],
  ["aws:kms/key:Key", true],
  ["aws:kms/alias:Alias", false],
  ["aws:ecs/service:Service", false],
  ["azure-native:dbforpostgresql:Server", true],
  ["azure-native:dbforpostgresql:FirewallRule", false],
  ["azure-native:storage:StorageAccount", true],
  ["azure-native:keyvault:Vault", true],
  ["azure-native:app:ContainerApp", false],
  ["gcp:sql/databaseInstance:DatabaseInstance", true],
  ["gcp:sql/user:User", false],
  ["gcp:storage/bucket:Bucket", true],
  ["gcp:storage/bucketIAMMember:BucketIAMMember", false],
  ["gcp:cloudrunv2/service:Service", false],
  ["docker:index/volume:Volume", true],
  ["docker:index/container:Container", false],
  ["random:index/randomBytes:RandomBytes", true],
])("%s holds data: %s", (type, expected) => expect(holdsData(type)).toBe(expected));

test("JSON texts are told apart by place, secrets stay secret", () => {
  const definitions = (tag: string) => JSON.stringify([{ name: "api", image: `api:${tag}` }]);
  expect(showChange("containerDefinitions", definitions("1"), definitions("2"))).toEqual([
    { path: "containerDefinitions[0].image", before: "api:1", after: "api:2" },
  ]);
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
  expect(showChange("password", secret, undefined)).toEqual([
    { path: "password", before: "[secret]" },
  ]);
});

test("an error of the engine is its sentence with the lines below it", () => {
  const text =
    "  stack:\n    error: two problems:\n      a: is missing\n      b: is wrong\n\nerror: update failed\n";
  expect(errorsIn(text)).toEqual(["two problems:\na: is missing\nb: is wrong"]);
});

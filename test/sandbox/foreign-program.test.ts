import { Deployed, succeed, type DeployedResource } from "../support/deployed";
import { ForeignProject } from "../support/foreign-project";

const up = ["up", "--yes", "--skip-preview", "--stack", "dev"];
const PLANTED = "Planted0Secret0Value0";

let shop: ForeignProject;

beforeAll(() => (shop = new ForeignProject("shop")));
afterAll(() => shop.remove());

const state = (): Deployed =>
  new Deployed(succeed(shop.run(["stack", "export", "--stack", "dev"])).output);

const db = (): DeployedResource => state().one("aws:rds/instance:Instance");

// One story, told in order: every step works on what the one before has left.
describe("a program that Portolan did not write", () => {
  test("is previewed with unknown ids and changes nothing", () => {
    const { output } = succeed(shop.run(["preview", "--stack", "dev"]));
    expect(output).toMatch(/vpcId +: \[unknown\]/);
    expect(succeed(shop.run(["cloud", "list"])).output).toMatch(/^0 objects/m);
  });

  test("is deployed, its secrets kept secret", () => {
    succeed(shop.run(["config", "set", "--secret", "password", PLANTED, "--stack", "dev"]));
    // The database's seven minutes are over in less than one second.
    const { output } = succeed(shop.run([...up, "--real-time=600"]));
    expect(output).toMatch(/aws:rds:Instance db creating .*simulated: 0\.0 of 7\.0 min/);
    expect(output).toMatch(/password: \[secret\]/);
    expect(db().outputs["address"]).toMatch(/\.rds\.amazonaws\.com$/);
  });

  test("shows its secret nowhere: state, cloud, logs, listings, previews", () => {
    for (const [name, text] of shop.files())
      expect({ name, found: text.includes(PLANTED) }).toEqual({ name, found: false });
    expect(shop.files().size).toBeGreaterThan(8);
    for (const args of [
      ["cloud", "list"],
      ["cloud", "show", "aws:rds/instance:Instance db"],
      ["preview", "--diff", "--stack", "dev"],
    ]) {
      expect(shop.run(args).output).not.toContain(PLANTED);
    }
    const { output } = succeed(shop.run(["cloud", "show", String(db().id)]));
    expect(output).toContain('"password": "[secret]"');
  });

  test("is updated in place by another password", () => {
    const before = db().id;
    succeed(shop.run(["config", "set", "--secret", "password", `${PLANTED}2`, "--stack", "dev"]));
    const { output } = succeed(shop.run(up));
    expect(output).toMatch(/aws:rds:Instance db updated/);
    expect(db().id).toBe(before);
  });

  test("has its drift found by a refresh and repaired by an update", () => {
    const vpc = String(state().one("aws:ec2/vpc:Vpc").id);
    succeed(shop.run(["cloud", "edit", vpc, "tags.team=thieves"]));
    const refreshed = succeed(shop.run(["refresh", "--yes", "--skip-preview", "--stack", "dev"]));
    expect(refreshed.output).toMatch(/aws:ec2:Vpc net updated/);
    succeed(shop.run(up));
    expect(succeed(shop.run(["cloud", "show", vpc])).output).toMatch(/"team": "shop"/);
  });

  test("has a lost object found by a refresh and made again", () => {
    const [version] = state().of("aws:secretsmanager/secretVersion:SecretVersion");
    succeed(shop.run(["cloud", "rm", String(version?.id)]));
    succeed(shop.run(["refresh", "--yes", "--skip-preview", "--stack", "dev"]));
    expect(state().of("aws:secretsmanager/secretVersion:SecretVersion")).toEqual([]);
    expect(succeed(shop.run(up)).output).toMatch(/\+ 1 created/);
  });

  test("shows that storageEncrypted replaces, and is refused while protected", () => {
    succeed(shop.run(["config", "set", "protect", "true", "--stack", "dev"]));
    succeed(shop.run(up));
    succeed(shop.run(["config", "set", "encrypted", "false", "--stack", "dev"]));
    const preview = shop.run(["preview", "--diff", "--no-policy", "--stack", "dev"]);
    expect(preview.output).toMatch(/storageEncrypted: true => false/);
    const refused = shop.run([...up, "--no-policy"]);
    expect(refused.status).not.toBe(0);
    expect(refused.output).toMatch(/protect/);
    succeed(shop.run(["config", "set", "encrypted", "true", "--stack", "dev"]));
  });

  test("is refused by the policy pack without encryption", () => {
    succeed(shop.run(["config", "set", "protect", "false", "--stack", "dev"]));
    succeed(shop.run(up));
    succeed(shop.run(["config", "set", "encrypted", "false", "--stack", "dev"]));
    const { status, output } = shop.run(["preview", "--stack", "dev"]);
    expect(status).not.toBe(0);
    expect(output).toMatch(/database-encrypted/);
    succeed(shop.run(["config", "set", "encrypted", "true", "--stack", "dev"]));
  });

  test("is destroyed to the last object", () => {
    succeed(shop.run(["destroy", "--yes", "--skip-preview", "--stack", "dev"]));
    expect(succeed(shop.run(["cloud", "list"])).output).toMatch(/^0 objects/m);
  });
});

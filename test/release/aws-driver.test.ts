import type { Driver, Services } from "../../release/driver";
import { driver as makeDriver } from "../../release/drivers/aws";
import { provider } from "../../sandbox/aws/index";
import { ECS_SERVICE, TASK_DEFINITION } from "../../sandbox/aws/refs";
import { digestOf } from "../../sandbox/lib/images";
import type * as AwsStandIn from "../../sandbox/stand-ins/aws";
import type * as simulated from "./simulated";
import { BOTH, hurry, sharesNow, SimulatedCloud, wants, type Cloud } from "./simulated";

jest.mock("../../release/cli", () => {
  const { standIn } = jest.requireActual<typeof AwsStandIn>("../../sandbox/stand-ins/aws");
  return jest.requireActual<typeof simulated>("./simulated").cliOf(standIn);
});

const REGISTRY = "111122223333.dkr.ecr.us-east-1.amazonaws.com/lattice-policy-api";
const OLD = `${REGISTRY}:0.1.0`;
const NEW = `${REGISTRY}:0.2.0`;

/** The two pauses that `release:serving` asks ECS for. */
const HOOK = {
  targetType: "PAUSE",
  lifecycleStages: ["POST_TEST_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT"],
  timeoutConfiguration: { timeoutInMinutes: "60", action: "ROLLBACK" },
};

const ecs: Cloud = {
  provider,
  config: { region: "us-east-1", allowedAccountIds: ["111122223333"] },
  type: ECS_SERVICE,
  inputs: async (make, name, image, traffic) => {
    const { id } = await make(TASK_DEFINITION, `${name}-${image}`, {
      family: name,
      containerDefinitions: JSON.stringify([{ name, image, memory: 128 }]),
    });
    return {
      ...{ name, taskDefinition: id, desiredCount: 1, waitForSteadyState: true, cluster: "stack" },
      deploymentConfiguration: { strategy: "BLUE_GREEN", lifecycleHooks: traffic ? [HOOK] : [] },
    };
  },
};

let cloud: SimulatedCloud;
let driver: Driver;
let before: Services;

beforeAll(hurry);
beforeEach(async () => {
  cloud = new SimulatedCloud(ecs);
  await cloud.make("aws:ecr/repository:Repository", "api", { name: "lattice-policy-api" });
  await cloud.make("aws:ecs/cluster:Cluster", "cluster", { name: "stack" });
  await cloud.deploy(OLD);
  driver = makeDriver(cloud);
  before = await driver.observe();
});
afterEach(() => cloud.remove());

test("what serves is told with its digest", () => {
  expect(before["api"]).toMatchObject({
    name: "api",
    revisions: [{ image: OLD, digest: digestOf(OLD), percent: 100, newest: true, healthy: "yes" }],
  });
});

test("a release waits in ECS twice, and nothing waits after it", async () => {
  await driver.stage(wants(NEW), before);
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 0, "0.1.0": 100 }));
  const { api } = await driver.observe();
  expect(api?.revisions[0]).toMatchObject({ newest: true, healthy: "yes", digest: digestOf(NEW) });
  await driver.shift(wants(NEW), before, 100);
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 100 }));
  await driver.settle(wants(NEW));
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 100 }));
});

test.each(["stage", "shift"])("after %s all goes back at once", async (last) => {
  await driver.stage(wants(NEW), before);
  if (last === "shift") await driver.shift(wants(NEW), before, 100);
  await driver.takeBack(wants(NEW), before);
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 0, "0.1.0": 100 }));
  await driver.settle(wants(OLD));
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.1.0": 100 }));
});

test("a candidate that cannot start fails with ECS's words, and nothing has moved", async () => {
  cloud.plant("unhealthy.json", { "*:0.2.0": "the container exits" });
  await expect(driver.stage(wants(NEW), before)).rejects.toThrow(
    /rolled back.*the container exits/,
  );
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 0, "0.1.0": 100 }));
});

test("one candidate that cannot start takes the others back, which wait for an answer", async () => {
  cloud.plant("unhealthy.json", { "*:0.2.0": "the container exits" });
  const wanted = { images: { api: NEW, ui: `${REGISTRY}:0.3.0` }, jobs: "run" } as const;
  await expect(driver.stage(wanted, before)).rejects.toThrow(/the container exits/);
  expect(await sharesNow(driver)).toEqual([
    { "0.2.0": 0, "0.1.0": 100 },
    { "0.3.0": 0, "0.1.0": 100 },
  ]);
});

test("what ECS took back and calls a success is not healthy", async () => {
  cloud.plant("rolled-back.json", ["*:0.2.0"]);
  await driver.stage(wants(NEW), before);
  const { api } = await driver.observe();
  expect(api?.revisions).toMatchObject([
    { newest: true, healthy: "no", percent: 0 },
    { image: OLD, percent: 100 },
  ]);
});

test("another process goes on with what one that died has left", async () => {
  await driver.stage(wants(NEW), before);
  await makeDriver(cloud).shift(wants(NEW), before, 100);
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 100 }));
  await makeDriver(cloud).settle(wants(NEW));
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 100 }));
});

test("a candidate that a dead process left is taken back and made anew", async () => {
  await driver.stage(wants(NEW), before);
  await makeDriver(cloud).stage(wants(`${REGISTRY}:0.3.0`), before);
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.3.0": 0, "0.1.0": 100 }));
  await driver.takeBack(wants(NEW), before);
});

test("an answer that is refused is told, and the way back is open", async () => {
  await driver.stage(wants(NEW), before);
  const command = "ecs continue-service-deployment";
  cloud.plant("stand-ins.json", [{ command, refuse: "AccessDeniedException", nth: 2 }]);
  await expect(driver.shift(wants(NEW), before, 100)).rejects.toThrow("AccessDeniedException");
  await driver.takeBack(wants(NEW), before);
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 0, "0.1.0": 100 }));
});

test("shares of traffic are refused before anything is begun", async () => {
  await expect(driver.check([10, 100], 0)).rejects.toThrow("10,100 is not offered on aws");
  await expect(driver.check([100], 3_600_000)).rejects.toThrow("60 minutes are not offered on aws");
  await expect(driver.check([100], 900_000)).resolves.toBeUndefined();
});

test("a digest comes from the stack's registry", async () => {
  await expect(driver.digestOf(NEW)).resolves.toBe(digestOf(NEW));
  cloud.plant("stand-ins.json", [{ command: "ecr *", refuse: "(ImageNotFoundException)" }]);
  await expect(driver.digestOf(NEW)).resolves.toBeUndefined();
  await expect(driver.digestOf("registry.example.com/api:0.2.0")).resolves.toBeUndefined();
});

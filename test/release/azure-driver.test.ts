import { trafficOf } from "../../providers/azure/traffic";
import type { Driver, Services } from "../../release/driver";
import { driver as makeDriver } from "../../release/drivers/azure";
import { provider } from "../../sandbox/azure-native/index";
import { digestOf } from "../../sandbox/lib/images";
import type { Properties } from "../../sandbox/lib/values";
import type * as AzStandIn from "../../sandbox/stand-ins/az";
import type * as simulated from "./simulated";
import { BOTH, hurry, sharesNow, SimulatedCloud, wants, type Cloud } from "./simulated";

jest.mock("../../release/cli", () => {
  const { standIn } = jest.requireActual<typeof AzStandIn>("../../sandbox/stand-ins/az");
  return jest.requireActual<typeof simulated>("./simulated").cliOf(standIn);
});

const REGISTRY = "acmepolicy.azurecr.io/lattice-policy-api";
const OLD = `${REGISTRY}:0.1.0`;
const NEW = `${REGISTRY}:0.2.0`;

const apps: Cloud = {
  provider,
  config: { subscriptionId: "00000000-0000-4000-8000-000000000001", location: "westeurope" },
  type: "azure-native:app:ContainerApp",
  inputs: async (_make, name, image, traffic) => {
    const revision = traffic?.serving[name];
    const held = revision === undefined ? undefined : { revision, percent: traffic?.percent ?? 0 };
    const { mode, weights } = trafficOf(held);
    const resources = { cpu: 0.5, memory: "1Gi" };
    return {
      ...{ containerAppName: name, resourceGroupName: "rg" },
      configuration: {
        activeRevisionsMode: mode,
        ingress: { external: true, targetPort: 3000, traffic: weights },
      },
      template: { containers: [{ name, image, resources }] },
    } as unknown as Properties;
  },
};

let cloud: SimulatedCloud;
let driver: Driver;
let before: Services;

beforeAll(hurry);
beforeEach(async () => {
  cloud = new SimulatedCloud(apps);
  await cloud.make("azure-native:resources:ResourceGroup", "rg", { resourceGroupName: "rg" });
  await cloud.deploy(OLD);
  driver = makeDriver(cloud);
  before = await driver.observe();
});
afterEach(() => cloud.remove());

test("the candidate runs beside what serves, gets its shares, and then all", async () => {
  expect(before["api"]?.revisions).toMatchObject([{ image: OLD, percent: 100, healthy: "yes" }]);
  await driver.stage(wants(NEW), before);
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 0, "0.1.0": 100 }));
  await driver.shift(wants(NEW), before, 25);
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 25, "0.1.0": 75 }));
  await driver.shift(wants(NEW), before, 100);
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 100 }));
  await driver.settle(wants(NEW));
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 100 }));
});

test.each(["stage", "shift", "settle"])("after %s all goes back at once", async (last) => {
  await driver.stage(wants(NEW), before);
  if (last !== "stage") await driver.shift(wants(NEW), before, 100);
  if (last === "settle") await driver.settle(wants(NEW));
  const refresh = jest.spyOn(cloud, "refresh");
  await driver.takeBack(wants(NEW), before);
  // What was moved by the CLI is read into the state, too: the update after it would not see it.
  expect(refresh).toHaveBeenCalledTimes(last === "stage" ? 1 : 2);
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 0, "0.1.0": 100 }));
  await driver.settle(wants(OLD));
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.1.0": 100 }));
});

test("a candidate that cannot start fails with Azure's words, and nothing has moved", async () => {
  cloud.plant("unhealthy.json", { "*:0.2.0": "the container exits" });
  await expect(driver.stage(wants(NEW), before)).rejects.toThrow(
    /Failed to provision revision.*the container exits/,
  );
  expect(await sharesNow(driver)).toEqual(BOTH({ "0.2.0": 0, "0.1.0": 100 }));
});

test("a revision that failed although Azure calls the update a success is not healthy", async () => {
  cloud.plant("rolled-back.json", ["*:0.2.0"]);
  await driver.stage(wants(NEW), before);
  const { api } = await driver.observe();
  expect(api?.revisions).toMatchObject([
    { newest: true, healthy: "no", percent: 0, reason: "its replicas failed" },
    { image: OLD, percent: 100 },
  ]);
});

test("a digest comes from the stack's registry", async () => {
  await expect(driver.digestOf(NEW)).resolves.toBe(digestOf(NEW));
  cloud.plant("stand-ins.json", [{ command: "acr *", refuse: "manifest tagged … is not found" }]);
  await expect(driver.digestOf(NEW)).resolves.toBeUndefined();
});

test("a tag tells what a revision runs until it is moved, or cannot be asked about", async () => {
  const digestNow = async (): Promise<unknown> =>
    (await driver.observe())["api"]?.revisions[0]?.digest;
  expect(await digestNow()).toBe(digestOf(OLD));
  const command = "acr repository show";
  const moved = { digest: digestOf(NEW), lastUpdateTime: "$NOW" };
  cloud.plant("stand-ins.json", [{ command, answer: moved, times: 0 }]);
  expect(await digestNow()).toBeUndefined();
  cloud.plant("stand-ins.json", [{ command, refuse: "ERROR: denied", times: 0 }]);
  expect(await digestNow()).toBeUndefined();
});

test("whoever is not signed in is told so before anything is begun", async () => {
  cloud.plant("stand-ins.json", [{ command: "account show", refuse: "Please run 'az login'" }]);
  await expect(driver.check([100], 0)).rejects.toThrow(/nobody is signed in.*az login/);
});

import type { Driver } from "../../release/driver";
import { byDigest, digestsByService, imagesBefore, imagesOf } from "../../release/images";
import { Stack } from "../../release/stack";
import { FakeCloud, NEW, OLD } from "./fakes";

const OURS = "registry.example/shop/api";
const FOREIGN = "docker.io/library/postgres:16";

const stack = (api: string): Stack =>
  new Stack(
    JSON.stringify({
      deployment: {
        resources: [
          {
            urn: "urn:pulumi:staging::portolan::pulumi:pulumi:Stack::portolan-staging",
            type: "pulumi:pulumi:Stack",
            outputs: {
              images: { api, client: FOREIGN },
              repositories: { api: OURS, client: "not ours" },
            },
          },
        ],
      },
    }),
  );

const driver = (digest: string | undefined): Driver =>
  ({ pins: true, digestOf: () => Promise.resolve(digest) }) as unknown as Driver;

const setting = { root: ".", stack: "staging", sbom: true, now: new Date(0) };

test("what is deployed is named as the config would name it", () => {
  expect(imagesBefore(stack(`${OURS}:0.1.0`))).toEqual({ api: "0.1.0" });
  expect(imagesBefore(stack(`${OURS}@${OLD}`))).toEqual({ api: { digest: OLD } });
  expect(imagesBefore(stack(`${OURS}:0.1.0`), { client: { reference: "x/y:1" } })).toEqual({
    ...{ api: "0.1.0", client: { reference: "x/y:1" } },
  });
});

test("a version is taken by digest, and by the stack's own images only", async () => {
  const images = await imagesOf("0.2.0", {}, stack(`${OURS}:0.1.0`), driver(NEW), setting);
  expect(images).toEqual({ images: { api: { digest: NEW } }, digests: { api: NEW }, built: {} });
});

test("what the config file says that the update builds is left to it, under the version", async () => {
  const build = { context: "app", dockerfile: "app/Dockerfile" };
  const configured = { api: { version: "0.1.0", build } };
  const nowhere = driver(undefined);
  const deployed = stack(`${OURS}:0.1.0`);
  const chosen = await imagesOf("0.2.0", {}, deployed, nowhere, setting, configured);
  expect(chosen).toEqual({ images: { api: { version: "0.2.0", build } }, digests: {}, built: {} });
});

test("another image is named by tag, digest or reference", async () => {
  const choose = async (text: string, name = "api") =>
    (await imagesOf("0.2.0", { [name]: text }, stack(`${OURS}:0.1.0`), driver(NEW), setting))
      .images;
  expect(await choose("0.1.5")).toEqual({ api: { digest: NEW } });
  expect(await choose(OLD)).toEqual({ api: { digest: OLD } });
  expect(await choose("docker.io/library/postgres:17", "client")).toEqual({
    ...{ api: { digest: NEW }, client: { reference: "docker.io/library/postgres:17" } },
  });
});

test.each([
  ["an image that is not in the registry", {}, undefined, /:0\.2\.0 is not in the registry/],
  ["an unknown name", { web: "0.2.0" }, NEW, /--image web: .* there are: api, client/],
  ["a tag of a foreign registry", { client: "17" }, NEW, /its registry is foreign/],
])("%s is refused", async (_what, given, digest, message) => {
  const images = imagesOf("0.2.0", given, stack(`${OURS}:0.1.0`), driver(digest), setting);
  await expect(images).rejects.toThrow(message);
});

const serves = (name: string, image: string) => {
  const one = { name: "one", image, percent: 100, newest: true, healthy: "yes" as const };
  return { [name]: { name, revisions: [one] } };
};

test("a service's digest is found by the repository that its image comes from", async () => {
  const before = { ...serves("api", `${OURS}:0.1.0`), ...serves("other", `${OURS}-two:0.1.0`) };
  const found = digestsByService({ api: NEW }, stack(`${OURS}:0.1.0`), before, driver(OLD));
  expect(await found).toEqual({ api: NEW });
});

test.each([
  ["a tag", "0.1.0", { digest: OLD }],
  ["what an update built", { version: "0.1.0", build: {} }, { digest: OLD }],
  ["a digest", { digest: OLD }, { digest: OLD }],
  ["a foreign image", { reference: "x/y:1" }, { reference: "x/y:1" }],
])("%s of an earlier release is gone back to by what it ran", (_what, image, expected) => {
  const now = serves("api", `${OURS}@${NEW}`);
  const deployed = stack(`${OURS}@${NEW}`);
  const back = (digests: Record<string, string>, pins: boolean) =>
    byDigest({ api: image }, digests, deployed, now, { ...driver(OLD), pins });
  expect(back({ api: OLD }, true)).toEqual({ api: expected });
  expect(back({}, true)).toEqual({ api: image });
  expect(back({ api: OLD }, false)).toEqual({ api: image });
});

test("where images are named by digest, it is found by that of what is deployed", async () => {
  const before = new FakeCloud().services;
  const host = { pins: false, digestOf: () => Promise.resolve(OLD) } as unknown as Driver;
  const found = digestsByService({ api: NEW }, stack("other:0.1.0"), before, host);
  expect(await found).toEqual({ api: NEW });
});

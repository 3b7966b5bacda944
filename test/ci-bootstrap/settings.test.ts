import { Bootstrap } from "./support";

const bootstrap = new Bootstrap("gcp");
afterAll(() => bootstrap.remove());

test.each<[string, string, string, RegExp]>([
  ["another cloud", "ibm", "acme/shop", /portolan-ci:cloud: "ibm" is not offered; use one of aws/],
  [
    "a pattern of repositories",
    "gcp",
    "acme/*",
    /portolan-ci:repository: "acme\/\*" is no repository; write owner@1\/name@2/,
  ],
  [
    "a subject that is too long",
    "gcp",
    `${"a".repeat(39)}/${"b".repeat(80)}`,
    /has \d+ characters, and Google takes 127/,
  ],
])("refuses %s", (_name, cloud, repository, sentence) => {
  const config = [`portolan-ci:cloud=${cloud}`, `portolan-ci:repository=${repository}`];
  const options = config.flatMap((each) => ["--config", each]);
  const run = bootstrap.run("preview", "--no-policy", ...options);
  expect([run.status === 0, run.output]).toEqual([false, expect.stringMatching(sentence)]);
});

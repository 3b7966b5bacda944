import { Problems } from "../../components/errors";
import { readStackConfig } from "../../config/read";
import { describeSystem } from "./describe-system";

const GOOD: Record<string, string> = {
  "portolan:cloud": "aws",
  "portolan:system": "lattice-policy",
  "portolan:profile": "prod",
  "portolan:domain": "example.com",
  "portolan:dns": '{"kind":"zone","zone":"example.com","zoneId":"Z1"}',
  "portolan:images": '{"api":"0.1.0","ui":"0.1.0"}',
  "portolan:alarms": '{"emails":["oncall@example.com"]}',
  "aws:region": "us-east-1",
};

/** What is said of the good configuration with some settings changed; undefined takes one away. */
function problemsWith(changes: Record<string, string | undefined>): string[] {
  const problems = new Problems();
  const changed = { ...GOOD, ...changes };
  const entries = Object.entries(changed).filter((entry): entry is [string, string] => !!entry[1]);
  const stack = readStackConfig(Object.fromEntries(entries), problems);
  if (stack) describeSystem(stack, problems);
  return problems.all.map(({ path, message }) => `${path}: ${message}`);
}

test("a good configuration has no problem", () => expect(problemsWith({})).toEqual([]));

describe("each mistake is named by path and remedy", () => {
  const images = (api: string): Record<string, string> => ({
    "portolan:images": `{"api":${api},"ui":"0.1.0"}`,
  });
  const settings = (json: string): Record<string, string> => ({ "portolan:settings": json });

  test.each<[string, Record<string, string | undefined>, RegExp]>([
    ["no cloud", { "portolan:cloud": undefined }, /^portolan:cloud: .*use one of aws, azure/],
    ["another cloud", { "portolan:cloud": "ibm" }, /^portolan:cloud: "ibm" is not offered; use/],
    [
      "another profile",
      { "portolan:profile": "qa" },
      /^portolan:profile: "qa".*dev, staging, prod/,
    ],
    ["no domain", { "portolan:domain": undefined }, /^portolan:domain: is missing; set it with/],
    ["a bad domain", { "portolan:domain": "Example" }, /^portolan:domain: "Example" is no domain/],
    ["an unknown key", { "portolan:colour": "red" }, /^portolan:colour: is not a setting; remove/],
    [
      "no zone",
      { "portolan:dns": '{"kind":"zone","zoneId":"Z1"}' },
      /^portolan:dns.zone: is missing.*--path/,
    ],
    ["another kind of DNS", { "portolan:dns": '{"kind":"x"}' }, /^portolan:dns.*needs kind: zone/],
    ["text for an object", { "portolan:dns": "zone" }, /^portolan:dns: is plain text; set it with/],
    ["latest", images('"latest"'), /^portolan:images.api: "latest" moves/],
    ["latest by reference", images('{"reference":"a/b:latest"}'), /^portolan:images.api.*moves/],
    ["no tag", images('{"reference":"host:5000/b"}'), /^portolan:images.api: .*has no tag/],
    ["a bad digest", images('{"digest":"sha256:12"}'), /^portolan:images.api.*is no digest/],
    [
      "a build at another time",
      images('{"version":"0.1.0","build":{"context":"a","dockerfile":"a/D","during":"night"}}'),
      /^portolan:images.api: "night" is not offered; use one of update, release/,
    ],
    ["a build without version", images('{"build":{}}'), /^portolan:images.api: .*version/],
    [
      "an unknown image",
      { "portolan:images": '{"api":"1","ui":"1","x":"1"}' },
      /images.x: is not known/,
    ],
    [
      "a missing image",
      { "portolan:images": '{"ui":"1"}' },
      /^portolan:images.api: is missing; set/,
    ],
    [
      "a public range",
      { "portolan:network": '{"cidr":"8.8.0.0/16"}' },
      /^portolan:network.cidr.*private/,
    ],
    [
      "a small range",
      { "portolan:network": '{"cidr":"10.0.0.0/24"}' },
      /network.cidr.*\/16 to \/20/,
    ],
    ["one zone", { "portolan:network": '{"zones":1}' }, /^portolan:network.zones: is 2 or 3/],
    [
      "odd days",
      { "portolan:logs": '{"days":31}' },
      /^portolan:logs.days: 31 is not offered.*30, 60/,
    ],
    [
      "nobody to tell",
      { "portolan:alarms": "{}" },
      /^portolan:alarms: a prod stack needs at least/,
    ],
    [
      "a bad address",
      { "portolan:alarms": '{"emails":["x"]}' },
      /alarms.emails.0: "x" is no e-mail/,
    ],
    ["plain http", { "portolan:alarms": '{"webhooks":["http://x.y"]}' }, /webhooks.0.*no https:/],
    [
      "a bad network",
      { "portolan:allowedNetworks": '["1.2.3.4"]' },
      /allowedNetworks.0: .*no network/,
    ],
    [
      "an unknown secret",
      { "portolan:secrets": '{"x":"y"}' },
      /^portolan:secrets.x: is not known to/,
    ],
    [
      "an empty secret",
      { "portolan:secrets": '{"sentry-dsn":""}' },
      /secrets.sentry-dsn: is empty/,
    ],
    [
      "a secret twice",
      {
        "portolan:secrets": '{"sentry-dsn":"v"}',
        "portolan:existingSecrets": '{"sentry-dsn":"id"}',
      },
      /^portolan:secrets.sentry-dsn: .*keep one of the two/,
    ],
    [
      "a rotation of what must not rotate",
      { "portolan:rotations": '{"customer-data-key":"2026-11"}' },
      /^portolan:rotations.customer-data-key: is not known.*jwt-secret, mfa-token-secret/,
    ],
    ["an unknown system setting", settings('{"x":1}'), /^portolan:settings.x: is not a setting/],
    ["root for the frontend", settings('{"frontendUid":0}'), /^portolan:settings.frontendUid/],
    ["an empty migration", settings('{"migration":[]}'), /^portolan:settings.migration/],
    [
      "plain http for the webhook",
      settings('{"webhookUrl":"http://x.y"}'),
      /settings.webhookUrl.*https/,
    ],
  ])("%s", (_title, changes, said) => {
    const problems = problemsWith(changes);
    expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(said)]));
    expect(problems).toHaveLength(1);
  });
});

test("everything wrong is said at once", () => {
  const said = problemsWith({
    "portolan:cloud": "ibm",
    "portolan:domain": "x",
    "portolan:logs": '{"days":1}',
    "portolan:colour": "red",
  });
  expect(said).toHaveLength(4);
});

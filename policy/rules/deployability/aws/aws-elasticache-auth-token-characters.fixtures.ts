import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const cache = (authToken: unknown) =>
  resource(
    "aws:elasticache/replicationGroup:ReplicationGroup",
    { authToken, transitEncryptionEnabled: true },
    "c",
  );
const generated = (props: object) =>
  resource("random:index/randomPassword:RandomPassword", { length: 32, ...props }, "t");
const referred = cache({ ref: "t.result" });

export const fixtures: Fixtures = {
  good: [
    passes(generated({ special: false }), referred),
    passes(generated({ overrideSpecial: "-!&" }), referred),
    passes(cache("0123456789abcdef-XYZ")),
  ],
  bad: [
    violates(generated({}), referred),
    violates(generated({ overrideSpecial: "_" }), referred),
    violates(generated({ special: false, length: 12 }), referred),
    violates(cache("short")),
    violates(cache("0123456789abcdef@xyz")),
    violates(cache("a".repeat(129))),
  ],
  missing: [passes(cache(undefined)), passes(cache(""))],
  unknown: [waits(cache(unknown)), waits(generated({ special: unknown }), referred)],
  wrongType: [passes(cache(7)), passes(cache({}))],
};

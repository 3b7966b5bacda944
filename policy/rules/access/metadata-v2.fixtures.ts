import { resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const machine = (metadataOptions: unknown) =>
  resource("aws:ec2/instance:Instance", { metadataOptions });

export const fixtures: Fixtures = {
  good: [machine({ httpTokens: "required" }), machine({ httpEndpoint: "disabled" })],
  bad: [machine({ httpTokens: "optional" })],
  missing: [violates(machine(undefined))],
  unknown: [machine({ httpTokens: unknown }), machine(unknown)],
  wrongType: [violates(machine(7))],
};

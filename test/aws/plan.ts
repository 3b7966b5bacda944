import * as pulumi from "@pulumi/pulumi";
import type { Environment, Profile } from "../../components/cloud";
import { Problems } from "../../components/errors";
import { readStackConfig } from "../../config/read";
import type { SystemModule } from "../../systems/load";

export interface Planned {
  readonly type: string;
  readonly name: string;
  // The mocks know no types.
  readonly inputs: Record<string, never> & Record<string, unknown>;
}

const CONFIG = {
  "portolan:cloud": "aws",
  "portolan:system": "lattice-policy",
  "portolan:domain": "example.com",
  "portolan:dns": '{"kind":"zone","zone":"example.com","zoneId":"Z1"}',
  "portolan:images": '{"api":"0.1.0","ui":"0.1.0"}',
  "portolan:alarms": '{"emails":["oncall@example.com"]}',
};

/** What LatticePolicy registers on AWS, with invented outputs: for the shape of inputs only. */
export async function plan(
  profile: Profile,
  config: Readonly<Record<string, string>> = {},
): Promise<Planned[]> {
  const planned: Planned[] = [];
  await pulumi.runtime.setMocks(
    {
      call: ({ token }) => {
        throw new Error(`the program looks up ${token}`);
      },
      newResource: ({ type, name, inputs }) => {
        planned.push({ type, name, inputs: inputs as Planned["inputs"] });
        return { id: `${name}-id`, state: { ...inputs, ...outputsOf(type, name, inputs) } };
      },
    },
    "portolan",
    profile,
    false,
  );
  pulumi.runtime.setAllConfig({
    "aws:region": "eu-central-1",
    "aws:allowedAccountIds": '["111122223333"]',
    ...config,
  });
  const problems = new Problems();
  const stack = readStackConfig({ ...CONFIG, "portolan:profile": profile }, problems);
  problems.throwIfAny();
  if (!stack) throw new Error("the configuration was not read");
  const environment: Environment = {
    ...{ stack: profile, system: "lattice-policy", profile },
    protected: profile === "prod",
  };
  const { system } = (await import("../../systems/lattice-policy")) as { system: SystemModule };
  const { deploy } = await import("../../components/deploy");
  const { builders } = await import("../../providers/aws");
  const settings = system.settings.parse(stack.settings);
  const spec = system.describe({ stack, environment, settings, problems });
  deploy({ ...builders, environment }, spec);
  await pulumi.runtime.disconnect();
  return planned;
}

function outputsOf(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
): Record<string, unknown> {
  const hosts = [inputs["domainName"], ...((inputs["subjectAlternativeNames"] as []) ?? [])];
  return {
    arn: `arn:aws:mock:eu-central-1:111122223333:${type}/${name}`,
    name: inputs["name"] ?? name,
    arnSuffix: `suffix/${name}`,
    prefixListId: "pl-1",
    domainValidationOptions: hosts.map((domainName) => ({
      ...{ domainName, resourceRecordName: "_proof", resourceRecordType: "CNAME" },
      resourceRecordValue: "value",
    })),
    ...{ hex: "0a", base64: "Cg==", result: "password", fqdn: "_proof", dnsName: "alb" },
    ...{ zoneId: inputs["zoneId"] ?? "Z2", address: "host", primaryEndpointAddress: "host" },
  };
}

import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../../components/errors";
import type { Profile } from "../../components/cloud";
import { readStackConfig } from "../../config/read";
import type { SystemModule } from "../../systems/load";
import { PROD, STAGING } from "./context";

export interface Planned {
  readonly type: string;
  readonly name: string;
  // The mocks know no types.
  readonly inputs: Record<string, never> & Record<string, unknown>;
}

const CONFIG = {
  "portolan:cloud": "gcp",
  "portolan:system": "lattice-policy",
  "portolan:domain": "example.com",
  "portolan:dns": '{"kind":"zone","zone":"example.com","zoneId":"example-com"}',
  "portolan:images": '{"api":"0.1.0","ui":"0.1.0"}',
  "portolan:alarms": '{"emails":["oncall@example.com"],"webhooks":["https://hooks.example.com/a"]}',
};

/** What LatticePolicy registers on Google Cloud, with invented outputs: for the shape of inputs. */
export async function plan(
  profile: Profile,
  config: Readonly<Record<string, string>> = {},
  release: Readonly<Record<string, string>> = {},
): Promise<Planned[]> {
  const planned: Planned[] = [];
  await pulumi.runtime.setMocks(
    {
      call: ({ token }) => {
        throw new Error(`the program looks up ${token}`);
      },
      newResource: ({ type, name, inputs }) => {
        planned.push({ type, name, inputs: inputs as Planned["inputs"] });
        return { id: `${name}-id`, state: { ...inputs, ...outputsOf(name, inputs) } };
      },
    },
    "portolan",
    profile,
    false,
  );
  pulumi.runtime.setAllConfig({
    "gcp:project": "acme-policy",
    "gcp:region": "europe-west1",
    ...release,
  });
  const problems = new Problems();
  const stack = readStackConfig({ ...CONFIG, "portolan:profile": profile, ...config }, problems);
  problems.throwIfAny();
  if (!stack) throw new Error("the configuration was not read");
  // A fresh object: what a stack has once is found by its environment.
  const environment = { ...(profile === "prod" ? PROD : STAGING), profile };
  const { system } = (await import("../../systems/lattice-policy")) as { system: SystemModule };
  const { deploy } = await import("../../components/deploy");
  const { builders } = await import("../../providers/gcp");
  const settings = system.settings.parse(stack.settings);
  deploy({ ...builders, environment }, system.describe({ stack, environment, settings, problems }));
  await pulumi.runtime.disconnect();
  return planned;
}

function outputsOf(name: string, inputs: Record<string, unknown>): Record<string, unknown> {
  return {
    name: inputs["name"] ?? name,
    selfLink: `${name}-id`,
    subnetworkId: 1,
    email: `${name}@acme-policy.iam.gserviceaccount.com`,
    member: `serviceAccount:${name}@acme-policy.iam.gserviceaccount.com`,
    privateIpAddress: "10.40.128.2",
    host: "10.40.192.3",
    address: inputs["address"] ?? "34.96.1.1",
    authString: "password",
    serverCaCerts: [{ cert: `authority of ${name}` }],
    version: "1",
    uri: `https://${name}.a.run.app`,
    latestCreatedRevision: `${name}-00001-abc`,
    dnsResourceRecords: [{ name: "_proof.", type: "CNAME", data: "there." }],
    ...{ hex: "0a", base64: "Cg==" },
  };
}

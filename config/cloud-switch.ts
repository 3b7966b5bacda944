import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../components/cloud";
import { InvalidInput } from "../components/errors";

/**
 * A stack belongs to one cloud: with another one the engine would delete everything here, data
 * included, and start again there. The stack's own last outputs say where it is.
 */
export async function refuseCloudSwitch(cloud: Cloud): Promise<void> {
  const name = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
  const self = new pulumi.StackReference("self", { name });
  const { value: deployed } = await self.getOutputDetails("cloud");
  if (deployed === undefined || deployed === cloud) return;
  throw new InvalidInput([
    {
      path: "portolan:cloud",
      message:
        `this stack runs on ${String(deployed)} and cannot move to ${cloud}; make a new stack ` +
        "for it (`pulumi stack init`), move the data, then destroy this one",
    },
  ]);
}

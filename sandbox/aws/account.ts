import type { FunctionRule } from "../lib/table";
import { zoneFunctions } from "./ec2-images";

/** Questions about the account and the region. */
export const functions: Record<string, FunctionRule> = {
  ...zoneFunctions,
  "aws:index/getRegion:getRegion": (_args, { place }) => ({
    id: place.region,
    region: place.region,
    name: place.region,
    description: `${place.region} (simulated)`,
    endpoint: `ec2.${place.region}.amazonaws.com`,
  }),
  "aws:index/getCallerIdentity:getCallerIdentity": (_args, { place }) => ({
    id: place.account,
    accountId: place.account,
    arn: `arn:${place.partition}:iam::${place.account}:user/sandbox`,
    userId: "AIDASANDBOX0000000000",
  }),
  "aws:index/getPartition:getPartition": (_args, { place }) => ({
    id: place.partition,
    partition: place.partition,
    dnsSuffix: place.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
};

import { createHash } from "node:crypto";
import type { FunctionRule } from "../lib/table";
import { zoneId } from "./ec2-network";

/** Looks like an image of today; the same question has the same answer. */
const image: FunctionRule = (args, { place }) => {
  const digest = createHash("sha256").update(JSON.stringify(args)).digest("hex");
  const id = `ami-${digest.slice(0, 17)}`;
  return {
    ...args,
    id,
    imageId: id,
    arn: `arn:${place.partition}:ec2:${place.region}::image/${id}`,
    architecture: "x86_64",
    name: "sandbox-image",
    state: "available",
    rootDeviceName: "/dev/xvda",
    rootDeviceType: "ebs",
    virtualizationType: "hvm",
  };
};

const zones: FunctionRule = (_args, { place }) => {
  const names = ["a", "b", "c"].map((letter) => `${place.region}${letter}`);
  const zoneIds = names.map((name) => zoneId(place.region ?? "", name));
  return { id: place.region, names, zoneIds, groupNames: [place.region], state: "available" };
};

const vpc: FunctionRule = (args, { cloud }) => {
  const found = cloud
    .all("aws:ec2/vpc:Vpc")
    .find((object) => args.id === undefined || object.id === args.id);
  return {
    id: found?.id ?? "vpc-00000000000000000",
    cidrBlock: found?.outputs.cidrBlock ?? "172.31.0.0/16",
    default: found === undefined,
  };
};

export const images: Record<string, FunctionRule> = {
  "aws:ec2/getAmi:getAmi": image,
  "aws:ec2/getVpc:getVpc": vpc,
};

export const zoneFunctions: Record<string, FunctionRule> = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": zones,
};

import { Topic } from "@pulumi/aws/sns/topic";
import { Config } from "@pulumi/pulumi";
import { names } from "./names";

const config = new Config();
for (const name of names) new Topic(name, { displayName: config.require("greeting") });
export const password = config.requireSecret("password");

// @ts-expect-error -- a package that Portolan does not have
import { Vpc } from "@pulumi/awsx/ec2/vpc";

new Vpc("net");

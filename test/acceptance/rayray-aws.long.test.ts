import { RAYRAY } from "./rayray";
import { RAYRAY_ON_AWS } from "./rayray-aws";
import { describeAcceptance } from "./run";

describeAcceptance(RAYRAY, "aws", RAYRAY_ON_AWS);

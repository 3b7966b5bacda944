import { RACK_GATEWAY } from "./rack-gateway";
import { RACK_GATEWAY_ON_AWS } from "./rack-gateway-aws";
import { describeAcceptance } from "./run";

describeAcceptance(RACK_GATEWAY, "aws", RACK_GATEWAY_ON_AWS);

import { NEURONETZ_GATEWAY } from "./neuronetz-gateway";
import { NEURONETZ_GATEWAY_ON_AWS } from "./neuronetz-gateway-aws";
import { describeAcceptance } from "./run";

describeAcceptance(NEURONETZ_GATEWAY, "aws", NEURONETZ_GATEWAY_ON_AWS);

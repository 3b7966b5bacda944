import { NEURONETZ_GATEWAY } from "./neuronetz-gateway";
import { DOCKER } from "./neuronetz-gateway-docker";
import { describeAcceptance } from "./run";

describeAcceptance(NEURONETZ_GATEWAY, "docker", DOCKER);

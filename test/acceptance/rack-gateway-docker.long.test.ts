import { RACK_GATEWAY } from "./rack-gateway";
import { DOCKER } from "./rack-gateway-docker";
import { describeAcceptance } from "./run";

describeAcceptance(RACK_GATEWAY, "docker", DOCKER);

import { RAYRAY } from "./rayray";
import { DOCKER } from "./rayray-docker";
import { describeAcceptance } from "./run";

describeAcceptance(RAYRAY, "docker", DOCKER);

import { OCTOPROX } from "./octoprox";
import { DOCKER } from "./octoprox-docker";
import { describeAcceptance } from "./run";

describeAcceptance(OCTOPROX, "docker", DOCKER);

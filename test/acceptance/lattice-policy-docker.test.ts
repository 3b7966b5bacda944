import { LATTICE_POLICY } from "./lattice-policy";
import { DOCKER } from "./lattice-policy-docker";
import { describeAcceptance } from "./run";

describeAcceptance(LATTICE_POLICY, "docker", DOCKER);

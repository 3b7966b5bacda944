import { AWS } from "./lattice-policy-aws";
import { describeAcceptance } from "./run";
import { LATTICE_POLICY } from "./statements";

describeAcceptance("LatticePolicy on AWS", LATTICE_POLICY, AWS, {
  staging: ["--stack", "staging"],
  prod: ["--stack", "prod"],
});

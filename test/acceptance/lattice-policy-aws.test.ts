import { LATTICE_POLICY } from "./lattice-policy";
import { AWS } from "./lattice-policy-aws";
import { describeAcceptance } from "./run";

describeAcceptance(LATTICE_POLICY, "aws", AWS);

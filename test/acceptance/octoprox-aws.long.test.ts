import { OCTOPROX } from "./octoprox";
import { OCTOPROX_ON_AWS } from "./octoprox-aws";
import { describeAcceptance } from "./run";

describeAcceptance(OCTOPROX, "aws", OCTOPROX_ON_AWS);

import { OCTOPROX } from "./octoprox";
import { AZURE } from "./octoprox-azure";
import { describeAcceptance } from "./run";

describeAcceptance(OCTOPROX, "azure", AZURE);

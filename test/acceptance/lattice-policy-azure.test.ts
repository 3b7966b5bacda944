import { LATTICE_POLICY } from "./lattice-policy";
import { AZURE } from "./lattice-policy-azure";
import { describeAcceptance } from "./run";

describeAcceptance(LATTICE_POLICY, "azure", AZURE);

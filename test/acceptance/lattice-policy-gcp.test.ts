import { LATTICE_POLICY } from "./lattice-policy";
import { GCP } from "./lattice-policy-gcp";
import { describeAcceptance } from "./run";

describeAcceptance(LATTICE_POLICY, "gcp", GCP);

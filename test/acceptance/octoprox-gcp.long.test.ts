import { OCTOPROX } from "./octoprox";
import { OCTOPROX_ON_GCP } from "./octoprox-gcp";
import { describeAcceptance } from "./run";

describeAcceptance(OCTOPROX, "gcp", OCTOPROX_ON_GCP);

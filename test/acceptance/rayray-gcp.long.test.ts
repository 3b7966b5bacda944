import { RAYRAY } from "./rayray";
import { RAYRAY_ON_GCP } from "./rayray-gcp";
import { describeAcceptance } from "./run";

describeAcceptance(RAYRAY, "gcp", RAYRAY_ON_GCP);

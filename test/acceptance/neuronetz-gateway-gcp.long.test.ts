import { NEURONETZ_GATEWAY } from "./neuronetz-gateway";
import { NEURONETZ_GATEWAY_ON_GCP } from "./neuronetz-gateway-gcp";
import { describeAcceptance } from "./run";

describeAcceptance(NEURONETZ_GATEWAY, "gcp", NEURONETZ_GATEWAY_ON_GCP);

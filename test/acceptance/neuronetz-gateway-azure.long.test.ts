import { NEURONETZ_GATEWAY } from "./neuronetz-gateway";
import { AZURE } from "./neuronetz-gateway-azure";
import { describeAcceptance } from "./run";

describeAcceptance(NEURONETZ_GATEWAY, "azure", AZURE);

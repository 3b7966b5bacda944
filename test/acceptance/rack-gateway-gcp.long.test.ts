import { RACK_GATEWAY } from "./rack-gateway";
import { RACK_GATEWAY_ON_GCP } from "./rack-gateway-gcp";
import { describeAcceptance } from "./run";

describeAcceptance(RACK_GATEWAY, "gcp", RACK_GATEWAY_ON_GCP);

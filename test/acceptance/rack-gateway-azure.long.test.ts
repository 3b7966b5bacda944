import { RACK_GATEWAY } from "./rack-gateway";
import { AZURE } from "./rack-gateway-azure";
import { describeAcceptance } from "./run";

describeAcceptance(RACK_GATEWAY, "azure", AZURE);

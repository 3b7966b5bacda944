import { RAYRAY } from "./rayray";
import { AZURE } from "./rayray-azure";
import { describeAcceptance } from "./run";

describeAcceptance(RAYRAY, "azure", AZURE);

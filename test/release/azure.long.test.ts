import { goneBack } from "./aws-target";
import { AZURE } from "./azure-target";
import { failures } from "./failures";
import { describeReleases } from "./suite";

describeReleases(AZURE, [...failures, goneBack]);

import { AWS, goneBack } from "./aws-target";
import { failures } from "./failures";
import { describeReleases } from "./suite";

describeReleases(AWS, [...failures, goneBack]);

import { failures } from "./failures";
import { GCP } from "./gcp-target";
import { describeReleases } from "./suite";

describeReleases(GCP, failures);

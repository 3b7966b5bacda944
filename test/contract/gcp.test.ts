import { describeContract } from "./suite";

describeContract("gcp");

import { describeContract } from "./suite";

describeContract("azure");

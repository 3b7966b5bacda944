import { describeContract } from "./suite";

describeContract("docker");

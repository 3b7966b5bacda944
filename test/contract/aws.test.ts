import { describeContract } from "./suite";

describeContract("aws");

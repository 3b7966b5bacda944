import type { Cloud } from "../../components/cloud";
import { aws } from "./aws";
import { azure } from "./azure";
import { docker } from "./docker";
import { gcp } from "./gcp";
import type { CloudReader } from "./reader";

export const READERS: Readonly<Record<Cloud, CloudReader>> = { aws, azure, gcp, docker };

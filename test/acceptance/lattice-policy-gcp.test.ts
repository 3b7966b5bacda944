import path from "node:path";
import { GCP } from "./lattice-policy-gcp";
import { describeAcceptance } from "./run";
import { LATTICE_POLICY } from "./statements";

const ROOT = path.join(__dirname, "../..");
const STAGING = path.join(ROOT, "examples/lattice-policy-gcp.yaml");
const PROD = path.join(__dirname, "stacks/gcp-prod.yaml");

describeAcceptance("LatticePolicy on Google Cloud", LATTICE_POLICY, GCP, {
  staging: ["--stack", "staging", "--config-file", STAGING],
  prod: ["--stack", "prod", "--config-file", PROD],
});

import path from "node:path";
import { AZURE } from "./lattice-policy-azure";
import { describeAcceptance } from "./run";
import { LATTICE_POLICY } from "./statements";

const ROOT = path.join(__dirname, "../..");
const STAGING = path.join(ROOT, "examples/lattice-policy-azure.yaml");
const PROD = path.join(__dirname, "stacks/azure-prod.yaml");

describeAcceptance("LatticePolicy on Azure", LATTICE_POLICY, AZURE, {
  staging: ["--stack", "staging", "--config-file", STAGING],
  prod: ["--stack", "prod", "--config-file", PROD],
});

import type { FunctionRule } from "../lib/table";

const CREDENTIALS: FunctionRule = () => ({
  kubeconfigs: [
    { name: "simulated", value: Buffer.from("# simulated kubeconfig\n").toString("base64") },
  ],
});

export const functions: Record<string, FunctionRule> = {
  "azure-native:containerservice:listManagedClusterAdminCredentials": CREDENTIALS,
  "azure-native:containerservice:listManagedClusterUserCredentials": CREDENTIALS,
};

import { rule as names } from "../../policy/rules/deployability/gcp/gcp-names";
import type { TypeTable } from "../lib/table";
import { ACCOUNT, iamMember } from "./shared";

export const types: Record<string, TypeTable> = {
  "gcp:serviceaccount/account:Account": {
    name: { property: "accountId", max: 30, auto: { lower: true } },
    id: "projects/{project}/serviceAccounts/{name}@{project}.iam.gserviceaccount.com",
    scope: "account",
    outputs: {
      email: "{name}@{project}.iam.gserviceaccount.com",
      member: "serviceAccount:{name}@{project}.iam.gserviceaccount.com",
      name: "projects/{project}/serviceAccounts/{name}@{project}.iam.gserviceaccount.com",
      uniqueId: "{digits:21}",
      disabled: false,
    },
    rules: [names],
    exists:
      "googleapi: Error 409: Service account {name} already exists within project projects/{project}.",
    missing: "googleapi: Error 400: Service account {value} does not exist.",
  },
  "gcp:serviceaccount/iAMMember:IAMMember": iamMember("serviceAccountId", ACCOUNT),
  "gcp:serviceaccount/key:Key": {
    id: "{in.serviceAccountId}/keys/{hex:40}",
    scope: "account",
    replaceOn: ["serviceAccountId", "keepers", "keyAlgorithm"],
    references: { serviceAccountId: ACCOUNT },
    secrets: ["privateKey"],
    outputs: { name: "{id}", privateKey: "c2ltdWxhdGVk{hex:16}", publicKey: "c2ltdWxhdGVk" },
  },
};

import type { FunctionRule } from "../lib/table";

/** The organization that the simulated account manages. */
export const functions: Record<string, FunctionRule> = {
  "aws:organizations/getOrganization:getOrganization": (_args, { place }) => {
    const of = (what: string): string =>
      `arn:${place.partition}:organizations::${place.account}:${what}`;
    const account = {
      arn: of(`account/o-sandbox000/${place.account}`),
      id: place.account,
      name: "sandbox",
      email: "sandbox@example.com",
      status: "ACTIVE",
    };
    return {
      id: "o-sandbox000",
      arn: of("organization/o-sandbox000"),
      featureSet: "ALL",
      masterAccountId: place.account,
      masterAccountArn: account.arn,
      masterAccountEmail: account.email,
      masterAccountName: account.name,
      accounts: [account],
      nonMasterAccounts: [],
      roots: [{ id: "r-sbox", name: "Root", arn: of("root/o-sandbox000/r-sbox"), policyTypes: [] }],
      awsServiceAccessPrincipals: [],
      enabledPolicyTypes: [],
    };
  },
};

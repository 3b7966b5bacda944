import { forTypes, undecided, violation, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "database-snapshot-shared",
  title: "No snapshot is shared with everybody",
  severity: "critical",
  category: "public-database",
  profile: "baseline",
  why: "A public snapshot can be restored by every AWS account, without a trace in yours.",
  fix: {
    aws: 'Remove "all" from sharedAccounts (groups of image permissions) and name the accounts.',
  },
  controls: { nist: ["AC-3", "SC-7"], cis: ["3.3"] },
  check: {
    ...forTypes(
      ["aws:rds/snapshot:Snapshot", "aws:rds/clusterSnapshot:ClusterSnapshot"],
      (resource) => {
        const accounts = resource.at("sharedAccounts").each;
        const shared = accounts.find((account) => account.isWord("all"));
        if (shared !== undefined)
          return [violation(shared, "the snapshot is shared with every account")];
        return accounts.filter((account) => account.unknown).map(undecided);
      },
    ),
    "aws:ec2/amiLaunchPermission:AmiLaunchPermission": (resource) =>
      resource.at("group").isWord("all")
        ? [violation(resource.at("group"), "the image is shared with every account")]
        : [],
  },
};

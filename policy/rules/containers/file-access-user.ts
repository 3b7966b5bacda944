import { undecided, violation, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "file-access-user",
  title: "File access points act as a user other than root",
  severity: "medium",
  category: "non-root",
  profile: "strict",
  why: "An access point with user id 0 makes every client root of the shared file system.",
  fix: { aws: "Set posixUser.uid and gid to the ids of the application." },
  controls: { nist: ["AC-6", "AC-6(10)"], cis: ["4.1"] },
  check: {
    "aws:efs/accessPoint:AccessPoint": (resource) => {
      const uid = resource.at("posixUser.uid");
      if (uid.unknown) return [undecided(uid)];
      if (uid.absent)
        return [
          violation(uid, "the access point sets no user, so clients keep their own, root included"),
        ];
      return uid.number === 0 ? [violation(uid, "the access point acts as root")] : [];
    },
  },
};

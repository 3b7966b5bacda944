import { passes, resource, unknown, type Fixtures } from "../../lib/fixture";

const member = (value: unknown) =>
  resource("gcp:secretmanager/secretIamMember:SecretIamMember", { role: "r", member: value });

export const fixtures: Fixtures = {
  good: [
    member("serviceAccount:app@p.iam.gserviceaccount.com"),
    member({ concat: ["serviceAccount:", { ref: "a.email" }] }),
  ],
  bad: [
    member("allUsers"),
    member("allAuthenticatedUsers"),
    resource("gcp:projects/iAMBinding:IAMBinding", {
      role: "r",
      members: ["user:a@example.com", "allUsers"],
    }),
    resource("azure-native:containerregistry:Registry", { anonymousPullEnabled: true }),
  ],
  missing: [passes(member(undefined))],
  unknown: [member(unknown)],
  wrongType: [passes(member(5))],
};

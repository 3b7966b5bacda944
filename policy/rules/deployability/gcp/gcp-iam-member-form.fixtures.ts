import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const account = resource("gcp:serviceaccount/account:Account", { accountId: "web-runtime" }, "sa");
const member = (value: unknown) =>
  resource("gcp:projects/iAMMember:IAMMember", { role: "roles/cloudsql.client", member: value });
const binding = (role: unknown, ...members: unknown[]) =>
  resource("gcp:projects/iAMBinding:IAMBinding", { role, members });
const EMAIL = "web-runtime@p1.iam.gserviceaccount.com";

export const fixtures: Fixtures = {
  good: [
    passes(account, member({ concat: ["serviceAccount:", { ref: "sa.email" }] })),
    passes(account, member({ ref: "sa.member" })),
    member("user:a@example.com"),
    member("allUsers"),
    member(
      "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*",
    ),
    binding("roles/viewer", "group:dev@example.com"),
    member("serviceAccount:other@p1.iam.gserviceaccount.com"),
  ],
  bad: [
    violates(account, member({ ref: "sa.email" })),
    member("a@example.com"),
    member("serviceaccount:a@p1.iam.gserviceaccount.com"),
    member("allusers"),
    member({ concat: ["service:", { ref: "sa.email" }] }),
    violates(account, member(`serviceAccount:${EMAIL}`)),
    binding("roles/editor", "user:a@example.com"),
    binding("roles/compute.serviceAgent", "user:a@example.com"),
    resource("gcp:projects/iAMPolicy:IAMPolicy", { policyData: "{}" }),
    resource("gcp:secretmanager/secretIamMember:SecretIamMember", { member: "sa@p1" }),
  ],
  missing: [passes(member(undefined))],
  unknown: [member(unknown), binding(unknown, "user:a@example.com")],
  wrongType: [passes(member(7))],
};

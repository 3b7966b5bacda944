import { inventory } from "../../secrets/inventory";

const SECRET = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:key-AbCdEf";
const VAULT = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v";

/** Names of the readers of the one secret of a list of resources. */
function readers(...resources: { type: string; name: string; [field: string]: unknown }[]) {
  const listed = resources.map((each) => ({ custom: true, ...each }));
  const [secret] = inventory({
    source: "",
    file: "",
    markers: false,
    notes: [],
    resources: listed,
  });
  return secret?.readers.map(({ name }) => name);
}

const allow = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

describe("AWS", () => {
  const secret = {
    type: "aws:secretsmanager/secret:Secret",
    name: "key",
    id: SECRET,
    outputs: { arn: SECRET },
  };
  const role = { type: "aws:iam/role:Role", name: "app", id: "app-1", outputs: { name: "app-1" } };
  const policy = (statement: object) => ({
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "app",
    props: { role: "app-1", policy: allow(statement) },
  });

  test.each<[string, object, string[]]>([
    ["the secret itself", { Action: "secretsmanager:GetSecretValue", Resource: SECRET }, ["app"]],
    ["a pattern of actions", { Action: ["secretsmanager:Get*"], Resource: SECRET }, ["app"]],
    ["everything but something else", { NotAction: "iam:*", Resource: "*" }, ["app"]],
    ["everything but this", { NotAction: "secretsmanager:*", Resource: "*" }, []],
    ["another secret", { Action: "*", Resource: `${SECRET}-other` }, []],
    ["a right to look", { Action: "secretsmanager:DescribeSecret", Resource: "*" }, []],
  ])("%s", (_name, statement, expected) => {
    expect(readers(secret, role, policy(statement))).toEqual(expected);
  });

  test("a policy that is attached counts like one that is in the role", () => {
    const attached = [
      {
        type: "aws:iam/policy:Policy",
        name: "reading",
        id: "arn:aws:iam::111122223333:policy/reading",
        props: { policy: allow({ Action: "*", Resource: "*" }) },
        outputs: { arn: "arn:aws:iam::111122223333:policy/reading" },
      },
      {
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        name: "app",
        props: { role: "app-1", policyArn: "arn:aws:iam::111122223333:policy/reading" },
      },
    ];
    expect(readers(secret, role, ...attached)).toEqual(["app"]);
  });
});

describe("Azure", () => {
  const secret = {
    type: "azure-native:keyvault:Secret",
    name: "key",
    id: `${VAULT}/secrets/key`,
  };
  const identity = {
    type: "azure-native:managedidentity:UserAssignedIdentity",
    name: "app-identity",
    outputs: { principalId: "p-1" },
  };
  const assignment = (role: string, scope: string, principalId = "p-1") => ({
    type: "azure-native:authorization:RoleAssignment",
    name: "app",
    props: { roleDefinitionId: `/roleDefinitions/${role}`, scope, principalId },
  });
  const USER = "4633458b-17de-408a-b874-0445c86b69e6";
  const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

  test.each<[string, string, string, string[]]>([
    ["on the secret", USER, `${VAULT}/secrets/key`, ["app-identity"]],
    ["on its vault, in capitals", USER, VAULT.toUpperCase(), ["app-identity"]],
    ["on a secret whose name goes on", USER, `${VAULT}/secrets/key2`, []],
    ["to see that it exists", READER, VAULT, []],
  ])("a role %s", (_name, role, scope, expected) => {
    expect(readers(secret, identity, assignment(role, scope))).toEqual(expected);
  });

  test("somebody who is not of the stack is shown by his id", () => {
    expect(readers(secret, assignment(USER, VAULT, "stranger"))).toEqual(["stranger"]);
  });
});

describe("Google Cloud", () => {
  const secret = {
    type: "gcp:secretmanager/secret:Secret",
    name: "key",
    id: "projects/p/secrets/k",
  };
  const account = {
    type: "gcp:serviceaccount/account:Account",
    name: "app",
    outputs: { member: "serviceAccount:app@p.iam.gserviceaccount.com" },
  };
  const member = "serviceAccount:app@p.iam.gserviceaccount.com";
  const ACCESSOR = "roles/secretmanager.secretAccessor";

  test.each<[string, string, object, string[]]>([
    [
      "of the secret",
      "secretmanager/secretIamMember:SecretIamMember",
      { secretId: "k", role: ACCESSOR, member },
      ["app"],
    ],
    [
      "of another secret",
      "secretmanager/secretIamMember:SecretIamMember",
      { secretId: "kk", role: ACCESSOR, member },
      [],
    ],
    ["of the project", "projects/iAMMember:IAMMember", { role: ACCESSOR, member }, ["app"]],
    [
      "that looks only",
      "projects/iAMMember:IAMMember",
      { role: "roles/secretmanager.viewer", member },
      [],
    ],
    [
      "of everybody",
      "secretmanager/secretIamBinding:SecretIamBinding",
      { secretId: "projects/p/secrets/k", role: ACCESSOR, members: ["allUsers"] },
      ["allUsers"],
    ],
  ])("a member %s", (_name, type, props, expected) => {
    expect(readers(secret, account, { type: `gcp:${type}`, name: "grant", props })).toEqual(
      expected,
    );
  });
});

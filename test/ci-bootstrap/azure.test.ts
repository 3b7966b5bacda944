import type { Deployed } from "../support/deployed";
import { Bootstrap, expectKept, ISSUER, SUBJECTS, expectVariables } from "./support";

const bootstrap = new Bootstrap("azure");
let stack: Deployed;
beforeAll(() => (stack = bootstrap.deploy()));
afterAll(() => bootstrap.remove());
const assignments = (name: string) =>
  stack
    .of("azure-native:authorization:RoleAssignment")
    .filter((each) => each.name.startsWith(`portolan-ci-${name}-`));
const PRIVILEGED = /8e3af657-a8ff-443c-a75c-2fe8c4bcb635|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9/;

test("a second update changes nothing", () => expect(bootstrap.update()).toEqual([]));

test("each identity is federated with one environment of one repository", () => {
  const found = stack
    .of("azure-native:managedidentity:FederatedIdentityCredential")
    .map(({ name, inputs }) => {
      expect([inputs["issuer"], inputs["audiences"]]).toEqual([
        ISSUER,
        ["api://AzureADTokenExchange"],
      ]);
      return [name.replace("portolan-ci-", ""), inputs["subject"]];
    });
  expect(Object.fromEntries(found)).toEqual(SUBJECTS);
});

test("who plans reads, and writes the lock alone", () => {
  const roles = assignments("prod-plan").map(({ name, inputs }) => [
    name.split("-").at(-1),
    String(inputs["roleDefinitionId"]).split("/").at(-1),
    String(inputs["condition"] ?? ""),
  ]);
  expect(roles.sort()).toEqual([
    ["cloud", "acdd72a7-3385-48ef-bd42-f606fba81ae7", ""],
    ["key", "12338af0-0e69-4776-bea7-57ae8d297424", ""],
    [
      "state",
      "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
      expect.stringMatching(/blobs\/write'.*blobs:path\] StringStartsWith '\.pulumi\/locks\/'/),
    ],
  ]);
});

test("who applies hands out no role that hands out roles, and none to people", () => {
  const [roles] = assignments("prod-apply").filter(({ name }) => name.endsWith("apply-roles"));
  expect(roles?.inputs["conditionVersion"]).toBe("2.0");
  expect(roles?.inputs["condition"]).toMatch(
    /roleAssignments\/write'.*GuidNotEquals \{8e3af657.*18d7d88d.*f58310d9.*'ServicePrincipal'.*roleAssignments\/delete'/,
  );
  for (const { inputs } of stack.of("azure-native:authorization:RoleAssignment"))
    expect(inputs["roleDefinitionId"]).not.toMatch(PRIVILEGED);
});

test("a drill removes servers in a group of its own only", () => {
  const removing = stack
    .of("azure-native:authorization:RoleDefinition")
    .filter(({ inputs }) =>
      JSON.stringify(inputs["permissions"]).includes("flexibleServers/delete"),
    );
  expect(removing.map(({ inputs }) => inputs["scope"]).sort()).toEqual(
    ["prod", "staging"].map((name) =>
      expect.stringMatching(new RegExp(`/resourceGroups/portolan-ci-${name}-drill$`)),
    ),
  );
});

test("the state is versioned, reached by identity alone, locked and kept; the key rotates", () => {
  expectKept(
    stack,
    "azure-native:storage:StorageAccount",
    "azure-native:storage:BlobContainer",
    "azure-native:keyvault:Vault",
    "azure-native:keyvault:Key",
    "azure-native:authorization:ManagementLockByScope",
  );
  for (const { inputs } of stack.of("azure-native:storage:BlobServiceProperties"))
    expect(inputs["isVersioningEnabled"]).toBe(true);
  for (const { inputs } of stack.of("azure-native:storage:StorageAccount")) {
    expect([
      inputs["allowSharedKeyAccess"],
      inputs["allowBlobPublicAccess"],
      inputs["minimumTlsVersion"],
    ]).toEqual([false, false, "TLS1_2"]);
  }
  for (const { inputs } of stack.of("azure-native:keyvault:Vault"))
    expect(inputs["properties"].enablePurgeProtection).toBe(true);
  for (const { inputs } of stack.of("azure-native:authorization:ManagementLockByScope"))
    expect(inputs["level"]).toBe("CanNotDelete");
});

test("every environment gets the variables that its workflows read, and no other", () =>
  expectVariables(stack, "AZURE_"));

import { problemsIn } from "../../release/problems";

test("names the rules that refuse, not those that advise", () => {
  const text = `
Policies:
    portolan@v0.1.0
        - [mandatory] [severity: critical]  database-public-endpoint  (gcp:sql:DatabaseInstance: db)
          Databases and caches have no public endpoint.
        - [mandatory]  store-tls  (gcp:sql:DatabaseInstance: db)
        - [advisory] [severity: low]  image-digest  (gcp:cloudrunv2:Service: api)
Diagnostics:
  pulumi:pulumi:Stack (portolan-staging):
    error: preview failed
`;
  expect(problemsIn(text)).toBe(
    "refused by the policies: database-public-endpoint (gcp:sql:DatabaseInstance: db), store-tls (gcp:sql:DatabaseInstance: db)",
  );
});

test("otherwise tells the engine's errors in one line", () => {
  const text = `
Diagnostics:
  gcp:cloudrunv2:Service (api):
    error: the revision is not ready:
      it does not listen
`;
  expect(problemsIn(text)).toBe("the revision is not ready: it does not listen");
  expect(problemsIn("nothing")).toBe("");
});

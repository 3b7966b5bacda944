import { plan } from "./plan";

const BOUNDARY = "arn:aws:iam::111122223333:policy/portolan-ci-prod-boundary";
const limited = (arn: string) => plan("prod", { "portolan-aws:permissionsBoundary": arn });

test("every role lies below the stack's path and within the account's boundary", async () => {
  const planned = await limited(BOUNDARY);
  const roles = planned.filter(({ type }) => type === "aws:iam/role:Role");
  expect(roles.length).toBeGreaterThan(5);
  for (const { name, inputs } of roles) {
    expect([name, inputs["path"], inputs["permissionsBoundary"]]).toEqual([
      ...[name, "/portolan/prod/", BOUNDARY],
    ]);
  }
});

test.each(["portolan-ci-prod-boundary", BOUNDARY.replace("111122223333", "444455556666")])(
  "%s is refused",
  (arn) =>
    expect(limited(arn)).rejects.toThrow(
      `portolan-aws:permissionsBoundary: "${arn}" is no policy of the account; give its ARN`,
    ),
);

/** Whether documents of the S3 policy language let an action at a resource: a denial wins. */
export function allows(documents, action, resource) {
  const statements = documents
    .flatMap(({ Statement }) => Statement)
    .filter(
      ({ Action, Resource }) =>
        [Action].flat().some((each) => fits(each, action)) &&
        [Resource].flat().some((each) => fits(each, `arn:aws:s3:::${resource}`)),
    );
  return (
    statements.some(({ Effect }) => Effect === "Allow") &&
    !statements.some(({ Effect }) => Effect === "Deny")
  );
}

const fits = (pattern, text) =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((each) => each.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  ).test(text);

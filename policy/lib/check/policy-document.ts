import type { Value } from "../value/value";

/** A statement of an IAM or resource policy that allows something. */
export interface Statement {
  readonly at: Value;
  readonly actions: readonly Value[];
  readonly resources: readonly Value[];
  /** Values of Principal, whatever kind they are of. */
  readonly principals: readonly Value[];
  /** True where everything but the named actions is allowed. */
  readonly inverted: boolean;
  readonly condition: Value;
}

/** The allowing statements of a policy given as text or structure; unknown parts come back as they are. */
export function allowStatements(policy: Value): { statements: Statement[]; unknown: Value[] } {
  const document = policy.document;
  if (document.unknown) return { statements: [], unknown: [document] };
  const list = document.at("Statement").each;
  const statements = list
    .filter((at) => at.isObject && !at.at("Effect").isWord("Deny"))
    .map((at): Statement => {
      const principal = at.at("Principal");
      const inverted = at.at("NotAction").present;
      return {
        at,
        actions: inverted ? at.at("NotAction").each : at.at("Action").each,
        resources: at.at("Resource").each,
        principals: principal.isObject
          ? principal.entries.flatMap(([, value]) => value.each)
          : principal.each,
        inverted,
        condition: at.at("Condition"),
      };
    });
  return { statements, unknown: list.filter((at) => at.unknown) };
}

/** Keys of conditions that limit who may use a statement, whatever the principal says. */
const NARROWING =
  /^(aws:(SourceArn|SourceAccount|SourceOwner|SourceOrgID|SourceOrgPaths|PrincipalOrgID|PrincipalOrgPaths|PrincipalArn|PrincipalAccount|SourceVpc|SourceVpce|VpcSourceIp|SourceIp|PrincipalTag\/.+)|kms:(CallerAccount|ViaService)|s3:DataAccessPointAccount|lambda:FunctionUrlAuthType)$/i;

/** True if a statement is for anybody: everybody as principal, and no condition that narrows it. */
export function isForAnybody({ principals, condition }: Statement): Value | undefined {
  const anybody = principals.find(
    (principal) => principal.text === "*" || /^arn:aws[\w-]*:iam::\*:/.test(principal.text ?? ""),
  );
  return anybody === undefined || narrows(condition) ? undefined : anybody;
}

function narrows(condition: Value): boolean {
  if (condition.unknown) return true;
  return condition.entries.some(([operator, keys]) => {
    if (/^(Not|String(Not|.*NotLike)|ArnNot|NotIp|Null)/i.test(operator)) return false;
    return keys.entries.some(
      ([key, values]) =>
        NARROWING.test(key) &&
        values.each.every((value) => !["*", "0.0.0.0/0", "::/0"].includes(value.text ?? "")),
    );
  });
}

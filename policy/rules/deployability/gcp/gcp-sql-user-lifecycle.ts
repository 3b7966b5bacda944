import { ofEach } from "../../../lib/deployability/each";
import { linked } from "../../../lib/deployability/gcp/named";
import { SQL, SQL_DATABASE, SQL_USER } from "../../../lib/deployability/gcp/types";
import { isKept } from "../../../lib/deployability/kept";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const RESERVED = /^(postgres|cloudsqladmin|cloudsqlsuperuser|cloudsqlagent|cloudsqlreplica)$/;

export const rule = deployability({
  id: "gcp-sql-user-lifecycle",
  title: "Users and databases of PostgreSQL can be let go of, and are of the kind they say",
  fails: {
    when: "destroy",
    effect: "error",
    answer:
      "failed to delete user: role cannot be dropped because some objects depend on it, or database is being accessed by other users.",
  },
  fix: 'Set deletionPolicy to "ABANDON": users and databases go with their instance. Give a user a name of your own and a password; an IAM account has neither a password nor the end .gserviceaccount.com.',
  source: "https://cloud.google.com/sql/docs/postgres/create-manage-users",
  check: { [SQL_USER]: (user) => [...checkName(user), ...checkPassword(user)] },
  checkStack: ofEach([SQL_USER, SQL_DATABASE], (part, graph): Report[] => {
    const policy = part.at("deletionPolicy");
    if (policy.isWord("ABANDON") || isKept(part)) return [];
    const { resource: instance, open } = linked(graph, part, part.at("instance"), SQL);
    if (instance === undefined) return [...open];
    const version = instance.at("databaseVersion");
    if (version.unknown) return [undecided(version)];
    if (!/^POSTGRES/i.test(version.text ?? "")) return [];
    if (policy.unknown) return [undecided(policy)];
    return [violation(policy, `deletionPolicy is ${policy.text ?? "not set"}, not ABANDON`)];
  }),
});

function checkName(user: Resource): Report[] {
  const name = user.at("name");
  if (name.unknown) return [];
  const answer = `400: Invalid request: user ${name.text ?? ""} is reserved or not allowed.`;
  if (RESERVED.test(name.text ?? ""))
    return [{ ...violation(name, `"${name.text}" is the service's own user`), answer }];
  const isAccount = user.at("type").isWord("CLOUD_IAM_SERVICE_ACCOUNT");
  return isAccount && /\.gserviceaccount\.com$/.test(name.text ?? "")
    ? [{ ...violation(name, "the name of an IAM user ends before .gserviceaccount.com"), answer }]
    : [];
}

function checkPassword(user: Resource): Report[] {
  const kind = user.at("type");
  const password = [user.at("password"), user.at("passwordWo")].find((value) => value.present);
  if (kind.unknown) return [];
  if (/^CLOUD_IAM/i.test(kind.text ?? ""))
    return password === undefined
      ? []
      : [
          {
            ...violation(password, "an IAM user has no password"),
            answer: "400: Invalid request: password is not allowed for IAM users.",
          },
        ];
  return password !== undefined || (kind.present && !kind.isWord("BUILT_IN", ""))
    ? []
    : [
        {
          ...violation(user.at("password"), "the user has no password"),
          answer: "the user is created, and cannot log in.",
        },
      ];
}

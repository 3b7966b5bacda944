import { POSTGRES } from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { classesIn, holdsThreeClasses } from "../../../lib/deployability/passwords";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import { physicalName } from "../../../lib/deployability/values";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const PASSWORD = "random:index/randomPassword:RandomPassword";

/** Logins the service keeps for itself, in lower case. */
const RESERVED: ReadonlySet<string> = new Set([
  "azure_superuser",
  "azuresu",
  "azure_pg_admin",
  "admin",
  "administrator",
  "root",
  "guest",
  "public",
]);

const NAME = /^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$/;
/** What a logical name must be like, so that eight hexadecimal digits behind it make a name. */
const STEM = /^[a-z0-9](?!.*--)[a-z0-9-]{0,54}$/;

export const rule = deployability({
  id: "azure-pg-login-password",
  title: "Name, login and password of a PostgreSQL server are of the kind the service takes",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer: "400: the administrator login is reserved, or the password is not complex enough.",
  },
  fix: "Take a login of your own, and a password of 8 to 128 characters of three kinds (for RandomPassword minUpper, minLower and minNumeric 1) that does not hold the login.",
  source: "https://learn.microsoft.com/azure/postgresql/flexible-server/how-to-create-users",
  check: {
    [POSTGRES]: (server) => [...checkName(server), ...checkLogin(server), ...checkPassword(server)],
  },
  checkStack: ofEach([POSTGRES], (server, graph): Report[] => {
    const at = server.at("administratorLoginPassword");
    const { resource: password } = target(graph, server, at, PASSWORD);
    if (password === undefined) return [];
    const length = password.at("length").number;
    if (length !== undefined && (length < 8 || length > 128))
      return [violation(at, `${password.name} makes ${length} characters, not 8 to 128`)];
    const holds = holdsThreeClasses(password);
    if (typeof holds === "object") return [undecided(holds)];
    return holds
      ? []
      : [violation(at, `${password.name} is not sure to hold three kinds of characters`)];
  }),
});

function checkName(server: Resource): Report[] {
  const name = physicalName(server, "serverName");
  if (name === undefined) return [];
  const pattern = name.kind === "automatic" ? STEM : NAME;
  if (name.text === "" || pattern.test(name.text)) return [];
  return [
    {
      ...violation(name.at, `"${name.text}" does not make a server's name`),
      answer:
        "InvalidResourceName: a server's name has 3 to 63 lower-case letters, digits and hyphens.",
    },
  ];
}

function checkLogin(server: Resource): Report[] {
  const login = server.at("administratorLogin");
  if (login.unknown) return [undecided(login)];
  const name = login.text?.toLowerCase() ?? "";
  return RESERVED.has(name) || name.startsWith("pg_")
    ? [violation(login, `the administrator login "${login.text}" is reserved`)]
    : [];
}

function checkPassword(server: Resource): Report[] {
  const password = server.at("administratorLoginPassword");
  const text = password.text;
  if (text === undefined) return [];
  const login = server.at("administratorLogin").text ?? "";
  const wrong =
    text.length < 8 || text.length > 128
      ? "has not 8 to 128 characters"
      : classesIn(text) < 3
        ? "has fewer than three kinds of characters"
        : login !== "" && text.toLowerCase().includes(login.toLowerCase())
          ? "holds the login"
          : undefined;
  return wrong === undefined ? [] : [violation(password, `the administrator's password ${wrong}`)];
}

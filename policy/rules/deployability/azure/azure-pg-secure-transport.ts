import { POSTGRES, POSTGRES_SETTING } from "../../../lib/deployability/azure/types";
import { urlsTo, type StoreUrl } from "../../../lib/deployability/endpoints";
import { about, type StackReport } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { pointingTo } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const SETTING = "require_secure_transport";
const ENCRYPTED =
  /[?&](sslmode=(require|verify-ca|verify-full|no-verify)|ssl=(true|1)|sslrootcert=)/i;

export const rule = deployability({
  id: "azure-pg-secure-transport",
  title: "Connections to a PostgreSQL server are encrypted on both sides",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "FATAL: no pg_hba.conf entry for host, no encryption.",
  },
  fix: "Add sslmode=require (better verify-full) to the connection string, and leave require_secure_transport ON.",
  source:
    "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-ssl-tls",
  check: {
    [POSTGRES_SETTING]: (setting): Report[] => {
      if (nameOf(setting) !== SETTING) return [];
      const value = setting.at("value");
      if (value.unknown) return [undecided(value)];
      return value.isWord("off", "false", "0") || value.boolean === false
        ? [
            {
              ...violation(value, "require_secure_transport is switched off"),
              answer: "the server takes connections that anybody on the way can read.",
            },
          ]
        : [];
    },
  },
  checkStack: {
    types: [POSTGRES],
    run: (graph) =>
      urlsTo(graph, [POSTGRES], ["fullyQualifiedDomainName"], /^postgres(ql)?$/i).flatMap((url) =>
        checkUrl(graph, url),
      ),
  },
});

function nameOf(setting: Resource): string {
  return (setting.at("configurationName").text ?? setting.name).toLowerCase();
}

function checkUrl(graph: Graph, { resource, at, store, rest }: StoreUrl): StackReport[] {
  if (ENCRYPTED.test(rest) || isOff(graph, store)) return [];
  const mode = /[?&]sslmode=([^&#]*)/i.exec(rest)?.[1];
  // Behind another unknown part there may be more of the query.
  if (at.unknown && mode === undefined && !/[/?]/.test(rest))
    return about(resource, [undecided(at)]);
  const message =
    mode === undefined
      ? `the connection string to ${store.name} has no sslmode=require`
      : `the connection string to ${store.name} has sslmode=${mode}`;
  return about(resource, [violation(at, message)]);
}

function isOff(graph: Graph, server: Resource): boolean {
  return pointingTo(graph, server, POSTGRES_SETTING, "serverName").some(
    (setting) => nameOf(setting) === SETTING && setting.at("value").isWord("off"),
  );
}

import { POSTGRES_FIREWALL } from "../../../lib/deployability/azure/types";
import { deployability } from "../../../lib/deployability/rule";
import { rangeBetween } from "../../../lib/net/ranges";
import { undecided, violation } from "../../../lib/rule";

/** Addresses of a /24: more is nobody's own office. */
const MOST = 256n;

export const rule = deployability({
  id: "azure-pg-firewall-all-azure",
  title: "No firewall rule of a PostgreSQL server admits all of Azure or a wide range",
  fails: {
    when: "runtime",
    effect: "insecure",
    answer: "any Azure subscription, or the internet at large, can open a connection.",
  },
  fix: "Put the server into a network (delegatedSubnetResourceId) or behind a private endpoint, or name single addresses.",
  source: "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-firewall-rules",
  check: {
    [POSTGRES_FIREWALL]: (firewall) => {
      const start = firewall.at("startIpAddress");
      const end = firewall.at("endIpAddress");
      if (start.isWord("0.0.0.0"))
        return [
          violation(
            start,
            end.isWord("0.0.0.0")
              ? "0.0.0.0 to 0.0.0.0 admits every subscription of Azure"
              : `the rule admits everything up to ${end.text ?? "an address not known yet"}`,
          ),
        ];
      const [unknown] = [start, end].filter((value) => value.unknown);
      if (unknown !== undefined) return [undecided(unknown)];
      const range = rangeBetween(start.text ?? "", end.text ?? "");
      return range === undefined || range.to - range.from + 1n <= MOST
        ? []
        : [violation(start, `the rule admits ${range.to - range.from + 1n} addresses`)];
    },
  },
});

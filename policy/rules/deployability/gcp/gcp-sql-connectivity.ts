import { SQL } from "../../../lib/deployability/gcp/types";
import { deployability } from "../../../lib/deployability/rule";
import { parseRange } from "../../../lib/net/ranges";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "gcp-sql-connectivity",
  title: "A database instance has one way in, and it is encrypted",
  fails: {
    when: "runtime",
    effect: "insecure",
    answer: "the instance has a public address nobody noticed, or takes connections in the clear.",
  },
  fix: "Set ipv4Enabled to false beside privateNetwork (its default is true), drop 0.0.0.0/0 from authorizedNetworks, and set sslMode to ENCRYPTED_ONLY.",
  source: "https://cloud.google.com/sql/docs/postgres/configure-ip",
  check: { [SQL]: (instance) => [...checkWays(instance), ...checkNetworks(instance)] },
});

function checkWays(instance: Resource): Report[] {
  const configuration = instance.at("settings.ipConfiguration");
  if (configuration.unknown) return [undecided(configuration)];
  const open = configuration.at("ipv4Enabled");
  const network = configuration.at("privateNetwork");
  if (open.unknown) return [undecided(open)];
  const isPublic = open.boolean !== false;
  const isReplica = instance.at("masterInstanceName").present;
  if (!isPublic)
    return network.absent && configuration.at("pscConfigs").each.length === 0
      ? [
          {
            ...violation(open, "it has neither a public nor a private address nor PSC"),
            answer:
              "400: At least one of Public IP or Private IP or PSC connectivity must be enabled.",
          },
        ]
      : [];
  if (network.present && open.absent)
    return [
      violation(
        open,
        "it has a public address beside its private one, since ipv4Enabled is not false",
      ),
    ];
  if (network.present) return [violation(open, "it has a public address beside its private one")];
  const mode = configuration.at("sslMode");
  if (mode.unknown) return [undecided(mode)];
  const isPlain = mode.absent || mode.isWord("ALLOW_UNENCRYPTED_AND_ENCRYPTED");
  return isPlain && configuration.at("requireSsl").boolean !== true && !isReplica
    ? [violation(mode, "it has a public address, and takes connections in the clear")]
    : [];
}

function checkNetworks(instance: Resource): Report[] {
  const networks = instance.at("settings.ipConfiguration.authorizedNetworks");
  return networks.items
    .map((one) => one.at("value"))
    .filter(({ text }) => {
      const range = text === undefined ? undefined : parseRange(text);
      return range !== undefined && range.to - range.from > 1n << 30n;
    })
    .map((value) => ({
      ...violation(value, `authorizedNetworks admits ${value.text}`),
      answer: "the database is reachable from the whole internet.",
    }));
}

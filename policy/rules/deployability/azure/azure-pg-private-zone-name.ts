import { ofEach } from "../../../lib/deployability/each";
import { POSTGRES, ZONE } from "../../../lib/deployability/azure/types";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

const DOMAIN = "postgres.database.azure.com";

export const rule = deployability({
  id: "azure-pg-private-zone-name",
  title: "The private zone of a PostgreSQL server in a network is named as the service wants it",
  fails: {
    when: "create",
    effect: "error",
    answer: "PrivateDnsZoneNameNotValid",
  },
  fix: `Call the zone <name>.private.${DOMAIN}, where <name> is not the server's.`,
  source:
    "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
  checkStack: ofEach([POSTGRES], (server, graph): Report[] => {
    const at = server.at("network.privateDnsZoneArmResourceId");
    if (at.absent || server.at("network.delegatedSubnetResourceId").absent) return [];
    const literal = /\/privateDnsZones\/([^/]+)$/i.exec(at.text ?? "")?.[1];
    const { resource: zone, open } = target(graph, server, at, ZONE);
    if (zone === undefined) return literal === undefined ? [...open] : check(server, at, literal);
    const name = zone.at("privateZoneName");
    if (name.unknown) return name.suffix === "" ? [undecided(name)] : checkEnd(at, name.suffix);
    if (name.absent)
      return [violation(at, `zone ${zone.name} has no privateZoneName, so it gets a random end`)];
    return check(server, at, name.text ?? "");
  }),
});

function check(server: Resource, at: Value, zone: string): Report[] {
  const name = zone.toLowerCase().replace(/\.$/, "");
  const wrongEnd = checkEnd(at, name);
  if (wrongEnd.length > 0) return wrongEnd;
  const label = name.slice(0, -DOMAIN.length - 1);
  if (label === "") return [violation(at, `zone ${zone} has no name before ${DOMAIN}`)];
  if (label === "privatelink")
    return [violation(at, `zone ${zone} is for private endpoints, not for a server in a subnet`)];
  return label === server.at("serverName").text?.toLowerCase()
    ? [violation(at, `zone ${zone} is the server's own host name`)]
    : [];
}

function checkEnd(at: Value, name: string): Report[] {
  return name === DOMAIN || name.toLowerCase().endsWith(`.${DOMAIN}`)
    ? []
    : [violation(at, `zone ${name} does not end in .${DOMAIN}`)];
}

import type { Draft, Failure, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { UUID, VPC } from "./refs";

const ZONE = "aws:route53/zone:Zone";
const RECORD = "aws:route53/record:Record";

export const types: Record<string, TypeTable> = {
  [ZONE]: {
    name: { property: "name", manual: true, shared: true },
    id: "Z{letters:20}",
    scope: "global",
    defaults: { comment: "Managed by Pulumi", forceDestroy: false },
    outputs: {
      zoneId: "{id}",
      arn: "arn:{partition}:route53:::hostedzone/{id}",
      nameServers: ({ digits }: Draft) =>
        ["com", "net", "org", "co.uk"].map((end) => `ns-${digits(3)}.awsdns-${digits(2)}.${end}`),
      primaryNameServer: ({ outputs }: Draft) => outputs.nameServers?.[0],
    },
    replaceOn: ["delegationSetId"],
    references: { "vpcs[*].vpcId": VPC },
    missing: "NoSuchHostedZone: No hosted zone found with ID: {value}",
    inUse:
      "HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
  },
  [RECORD]: {
    id: ({ inputs }) =>
      [inputs.zoneId, bare(inputs.name), inputs.type, inputs.setIdentifier]
        .filter((part) => part !== undefined)
        .join("_"),
    scope: "global",
    outputs: { fqdn: fullName },
    replaceOn: ["zoneId", "name", "type", "setIdentifier"],
    sets: ["records"],
    references: { zoneId: ZONE, healthCheckId: "aws:route53/healthCheck:HealthCheck" },
    validate: badRecord,
    exists:
      "InvalidChangeBatch: [Tried to create resource record set [name='{in.name}', type='{in.type}'] but it already exists]",
  },
  "aws:route53/healthCheck:HealthCheck": {
    id: UUID,
    scope: "global",
    outputs: { arn: "arn:{partition}:route53:::healthcheck/{id}" },
    replaceOn: ["type", "requestInterval", "measureLatency", "referenceName"],
    sets: ["regions", "childHealthchecks"],
    missing: "NoSuchHealthCheck: No health check exists with the specified ID: {value}",
    inUse: "HealthCheckInUse: Health check {id} is in use",
  },
  "aws:route53/zoneAssociation:ZoneAssociation": {
    id: "{in.zoneId}:{in.vpcId}",
    scope: "global",
    outputs: { owningAccount: "{account}", vpcRegion: "{region}" },
    replaceOn: ["zoneId", "vpcId", "vpcRegion"],
    references: { zoneId: ZONE, vpcId: VPC },
    loose: ["zoneId"],
  },
  "aws:route53/queryLog:QueryLog": {
    id: UUID,
    scope: "global",
    outputs: { arn: "arn:{partition}:route53:::queryloggingconfig/{id}" },
    replaceOn: ["cloudwatchLogGroupArn", "zoneId"],
    references: { zoneId: ZONE },
    loose: ["zoneId"],
  },
  "aws:route53/delegationSet:DelegationSet": {
    id: "N{letters:20}",
    scope: "global",
    outputs: { arn: "arn:{partition}:route53:::delegationset/{id}" },
    replaceOn: ["referenceName"],
  },
};

const bare = (name: unknown): string => String(name).replace(/\.$/, "").toLowerCase();

/** A name that does not end with its zone is meant to be within it. */
function fullName({ inputs, cloud }: Draft): string {
  const name = bare(inputs.name);
  const zone = bare(plain(cloud.find(ZONE, String(inputs.zoneId))?.outputs.name) ?? "");
  if (zone === "" || name === zone || name.endsWith(`.${zone}`)) return name;
  return name === "" ? zone : `${name}.${zone}`;
}

function badRecord({ aliases, records, ttl, type }: Plain): Failure[] {
  if (aliases === undefined && records === undefined) {
    return [{ property: "records", reason: 'one of "aliases" or "records" must be specified' }];
  }
  if (aliases !== undefined && (records !== undefined || ttl !== undefined)) {
    return [{ property: "aliases", reason: 'conflicts with "records" and "ttl"' }];
  }
  if (type === "CNAME" && Array.isArray(records) && records.length > 1) {
    return [{ property: "records", reason: "a CNAME record takes one value" }];
  }
  return [];
}

import type { Draft, Failure, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { KEY_ARN, UUID } from "./refs";

export const types: Record<string, TypeTable> = {
  "aws:ssm/parameter:Parameter": {
    name: { property: "name", max: 2048 },
    outputs: {
      arn: ({ name, place }: Draft) =>
        `arn:${place.partition}:ssm:${place.region}:${place.account}:parameter${name.startsWith("/") ? "" : "/"}${name}`,
      dataType: "text",
      tier: "Standard",
      version: 1,
    },
    secrets: ["value"],
    changing: ["version"],
    replaceOn: ["type", "dataType"],
    references: { keyId: `${KEY_ARN}|aws:kms/key:Key|aws:kms/alias:Alias#name` },
    loose: ["keyId"],
    validate: badParameter,
    update: (_draft, old) => ({ version: Number(plain(old.outputs.version)) + 1 }),
    exists: "ParameterAlreadyExists: The parameter already exists.",
    missing: "ParameterNotFound: {value}",
  },
  "aws:ssm/document:Document": {
    name: { property: "name", max: 128 },
    defaults: { documentFormat: "JSON" },
    outputs: {
      arn: "arn:{partition}:ssm:{region}:{account}:document/{name}",
      defaultVersion: "1",
      latestVersion: "1",
      documentVersion: "1",
      hash: "{hex:64}",
      hashType: "Sha256",
      owner: "{account}",
      status: "Active",
    },
    replaceOn: ["documentType"],
    json: ["content"],
    changing: ["latestVersion", "defaultVersion", "documentVersion", "hash"],
    validate: badDocument,
    update: (_draft, old) => {
      const version = String(Number(plain(old.outputs.latestVersion)) + 1);
      return { latestVersion: version, defaultVersion: version, documentVersion: version };
    },
    exists: "DocumentAlreadyExists: The specified document already exists.",
    missing: "InvalidDocument: Document with name {value} does not exist.",
  },
  "aws:ssm/association:Association": {
    id: UUID,
    outputs: {
      associationId: "{id}",
      arn: "arn:{partition}:ssm:{region}:{account}:association/{id}",
      documentVersion: "$DEFAULT",
    },
    replaceOn: ["name"],
  },
  "aws:ssm/maintenanceWindow:MaintenanceWindow": {
    name: { property: "name", max: 128 },
    id: "mw-{hex:17}",
    defaults: { enabled: true, allowUnassociatedTargets: false },
  },
};

/** Two braces name a parameter of the document, which has to be declared. */
function badDocument({ content, documentFormat }: Plain): Failure[] {
  if (typeof content !== "string" || documentFormat !== "JSON") return [];
  const declared = Object.keys((JSON.parse(content) as Plain).parameters ?? {});
  const used = [...content.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)].map(([, name]) => name ?? "");
  const unknown = used.find(
    (name) => !declared.includes(name) && !/^(global|platform|ssm):/.test(name),
  );
  if (Buffer.byteLength(content) > 65_536) {
    return [
      { property: "content", reason: "MaxDocumentSizeExceeded: a document has 64 KB at most" },
    ];
  }
  return unknown === undefined
    ? []
    : [
        {
          property: "content",
          reason: `InvalidDocumentContent: parameter "${unknown}" is not defined`,
        },
      ];
}

const KINDS = ["String", "StringList", "SecureString"];

function badParameter({ type, value, insecureValue, tier }: Plain): Failure[] {
  if (typeof type === "string" && !KINDS.includes(type)) {
    return [{ property: "type", reason: `expected type to be one of [${KINDS.join(" ")}]` }];
  }
  if (value === undefined && insecureValue === undefined) {
    return [{ property: "value", reason: "one of value or insecureValue must be set" }];
  }
  if (typeof value === "string" && tier !== "Advanced" && Buffer.byteLength(value) > 4096) {
    return [
      {
        property: "value",
        reason: "Standard tier parameters support a maximum parameter value of 4096 characters",
      },
    ];
  }
  return [];
}

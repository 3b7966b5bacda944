import type { Draft, TypeTable } from "../lib/table";
import { badMember } from "./shared";

/** Domains of the agents that act for a product; the others follow the common form. */
const AGENTS: Readonly<Record<string, string>> = {
  "sqladmin.googleapis.com": "gcp-sa-cloud-sql",
  "secretmanager.googleapis.com": "gcp-sa-secretmanager",
  "artifactregistry.googleapis.com": "gcp-sa-artifactregistry",
  "redis.googleapis.com": "cloud-redis",
  "run.googleapis.com": "serverless-robot-prod",
};

const agent = (service: unknown, number: string): string => {
  const domain = AGENTS[String(service)] ?? `gcp-sa-${String(service).split(".")[0]}`;
  return `service-${number}@${domain}.iam.gserviceaccount.com`;
};

const grant: TypeTable = {
  id: "{project}/{in.role}/{in.member}",
  scope: "account",
  replaceOn: ["role", "member", "condition"],
  validate: ({ member }) => badMember(member),
  outputs: { etag: "BwY{hex:8}" },
};

export const types: Record<string, TypeTable> = {
  "gcp:projects/service:Service": {
    id: "{project}/{in.service}",
    scope: "account",
    replaceOn: ["service"],
    validate: ({ service }) =>
      typeof service === "string" && !/^[a-z][a-z0-9.-]+\.[a-z.]+$/.test(service)
        ? [
            {
              property: "service",
              reason: `"${service}" is no service; write it like run.googleapis.com`,
            },
          ]
        : [],
  },
  "gcp:projects/serviceIdentity:ServiceIdentity": {
    id: "projects/{project}/services/{in.service}",
    scope: "account",
    replaceOn: ["service"],
    outputs: {
      email: ({ inputs, place }: Draft) => agent(inputs.service, String(place.number)),
      member: ({ outputs }: Draft) => `serviceAccount:${String(outputs.email)}`,
    },
  },
  "gcp:projects/iAMMember:IAMMember": grant,
  "gcp:projects/iAMBinding:IAMBinding": {
    id: "{project}/{in.role}",
    scope: "account",
    replaceOn: ["role", "condition"],
    outputs: { etag: "BwY{hex:8}" },
  },
  "gcp:projects/iAMCustomRole:IAMCustomRole": {
    name: { property: "roleId", max: 64, manual: true },
    id: "projects/{project}/roles/{in.roleId}",
    scope: "account",
    outputs: { name: "{id}", deleted: false },
  },
};

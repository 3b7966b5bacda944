/** Files as Pulumi writes them, cut down to what a review reads. */

const HOME = "urn:pulumi:dev::shop";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export const STACK_URN = `${HOME}::pulumi:pulumi:Stack::shop-dev`;
export const GROUP_URN = `${HOME}::aws:ec2/securityGroup:SecurityGroup::db`;
export const DATABASE_URN = `${HOME}::aws:rds/instance:Instance::main`;

/** Lets the internet reach PostgreSQL. */
export const openGroup = {
  urn: GROUP_URN,
  custom: true,
  id: "sg-1",
  type: "aws:ec2/securityGroup:SecurityGroup",
  inputs: {
    ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["0.0.0.0/0"] }],
  },
  parent: STACK_URN,
  sourcePosition: "project:///stores/db.ts#12,5",
};

/** A database whose password is a secret in the given form. */
export function database(password: unknown): Record<string, unknown> {
  return {
    urn: DATABASE_URN,
    custom: true,
    id: "main",
    type: "aws:rds/instance:Instance",
    inputs: { storageEncrypted: false, password, vpcSecurityGroupIds: ["sg-1"] },
    outputs: { password },
    parent: STACK_URN,
    propertyDependencies: { vpcSecurityGroupIds: [GROUP_URN] },
    sourcePosition: "project:///../node_modules/lib/db.js#1,1",
    stackTrace: [
      { sourcePosition: "project:///node_modules/lib/db.js#1,1" },
      { sourcePosition: "project:///index.ts#7,3" },
    ],
  };
}

export const encrypted = { [SIGNATURE]: SECRET, ciphertext: "v1:AAAA:BBBB" };

/** As `pulumi stack export --show-secrets` writes it. */
export function shown(value: string): Record<string, unknown> {
  return { [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) };
}

export function state(...resources: unknown[]): Record<string, unknown> {
  const stack = { urn: STACK_URN, custom: false, type: "pulumi:pulumi:Stack" };
  return { version: 3, deployment: { manifest: {}, resources: [stack, ...resources] } };
}

export function preview(...steps: { op: string; newState?: unknown }[]): Record<string, unknown> {
  return { steps, changeSummary: { create: steps.length } };
}

/** The same open group as a hand-written list. */
export const list = [{ type: openGroup.type, name: "db", props: openGroup.inputs }];

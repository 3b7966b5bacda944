import { passes, resource, unknown, violates, waits, type Fixtures } from "../../lib/fixture";
import { docker } from "./_examples";

const component = (kind: string, name: string, props: object) =>
  resource(`portolan:components:${kind}`, props, `${name}-component`, { urn: `urn:${name}` });
const inComponent = (uses: unknown) =>
  [
    component("ContainerService", "web", { uses }),
    ...docker().map((item) => (item.name === "web" ? { ...item, parent: "urn:web" } : item)),
    ...[{ ...component("ManagedPostgres", "db", {}), name: "database" }],
  ].map((item) => (item.name === "db" ? { ...item, parent: "urn:db" } : item));

export const fixtures: Fixtures = {
  good: [passes(...inComponent([{ name: "database", port: 5432 }])), passes(...docker())],
  bad: [violates(...inComponent([])), violates(...inComponent([{ name: "cache", port: 6379 }]))],
  missing: [passes(...inComponent(undefined))],
  unknown: [waits(...inComponent(unknown))],
  wrongType: [violates(...inComponent("database"))],
};

import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const container = (name: string, port: object, more: object = {}, provider?: string) =>
  resource(
    "docker:index/container:Container",
    { image: "acme/web:1", ports: [{ internal: 80, ...port }], ...more },
    name,
    provider === undefined ? {} : { provider },
  );
const HTTP = { external: 80 };

export const fixtures: Fixtures = {
  good: [
    passes(container("a", HTTP), container("b", { external: 8080 })),
    passes(
      container("a", { ...HTTP, ip: "127.0.0.1" }),
      container("b", { ...HTTP, ip: "10.0.0.5" }),
    ),
    passes(container("a", HTTP), container("b", { ...HTTP, protocol: "udp" })),
    passes(container("a", HTTP, {}, "one"), container("b", HTTP, {}, "two")),
    passes(container("a", {}), container("b", {})),
  ],
  bad: [
    violates(container("a", HTTP), container("b", HTTP)),
    violates(container("a", HTTP), container("b", { external: "80", protocol: "TCP" })),
    violates(container("a", HTTP), container("b", { ...HTTP, ip: "127.0.0.1" })),
    violates(container("a", { ...HTTP, ip: "::" }), container("b", HTTP)),
    container("edge", {}, { image: "caddy:2" }),
  ],
  missing: [passes(resource("docker:index/container:Container", {}))],
  unknown: [passes(container("a", HTTP), container("b", { external: unknown }))],
  wrongType: [passes(container("a", HTTP), container("b", { external: {} }))],
};

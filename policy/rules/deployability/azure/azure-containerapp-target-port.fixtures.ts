import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const app = (targetPort: unknown, env: [string, unknown][], ports: unknown[] = []) =>
  resource("azure-native:app:ContainerApp", {
    configuration: { ingress: { external: true, targetPort } },
    template: {
      containers: [
        {
          env: env.map(([name, value]) => ({ name, value })),
          probes: ports.map((port) => ({ type: "Liveness", httpGet: { path: "/", port } })),
        },
      ],
    },
  });
const behindProxy = resource("azure-native:app:ContainerApp", {
  configuration: { ingress: { targetPort: 8081 } },
  template: { containers: [{ env: [{ name: "PORT", value: "8080" }] }, { image: "acme/proxy:1" }] },
});
const tcp = (ingress: object) =>
  resource(
    "azure-native:app:ContainerApp",
    { environmentId: { ref: "env.id" }, configuration: { ingress } },
    "tcp",
  );
const env = (vnetConfiguration?: object) =>
  resource("azure-native:app:ManagedEnvironment", { vnetConfiguration }, "env");
const open = { external: true, transport: "Tcp", exposedPort: 5000, targetPort: 5000 };

export const fixtures: Fixtures = {
  good: [
    behindProxy,
    app(8080, [["PORT", "8080"]]),
    app("8080", [["ASPNETCORE_URLS", "http://+:8080;http://+:9090"]]),
    app(8080, [["PORT", "8080"]], [9090]),
    app(3000, [["METRICS_PORT", "9090"]]),
    app(3000, [], [3000, 9090]),
    passes(env({ infrastructureSubnetId: { ref: "s.id" } }), tcp(open)),
  ],
  bad: [
    app(80, [["PORT", "8080"]]),
    app(80, [["ASPNETCORE_HTTP_PORTS", "8080"]], [8080]),
    app(80, [], [8080]),
    app(80, [["LISTEN_ADDR", ":8080"]]),
    violates(env(), tcp(open)),
    tcp({ transport: "http", exposedPort: 8080, targetPort: 80 }),
  ],
  missing: [passes(app(undefined, [["PORT", "8080"]])), passes(app(80, []))],
  unknown: [app(unknown, [["PORT", "8080"]]), app(80, [["PORT", unknown]]), waits(tcp(open))],
  wrongType: [passes(app("http", [["PORT", "8080"]])), passes(app(80, [["PORT", {}]]))],
};

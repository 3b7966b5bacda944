import { passes, resource, unknown, violates, waits, type Fixtures } from "../../lib/fixture";

const listener = (props: object) => resource("aws:lb/listener:Listener", props);
const app = (ingress: unknown) =>
  resource("azure-native:app:ContainerApp", { configuration: { ingress } });
const proxy = resource(
  "gcp:compute/targetHttpProxy:TargetHttpProxy",
  { urlMap: { ref: "map.id" } },
  "proxy",
);
const map = (props: object) => resource("gcp:compute/uRLMap:URLMap", props, "map");
const forward = [{ type: "forward", targetGroupArn: "arn" }];

export const fixtures: Fixtures = {
  good: [
    listener({ protocol: "HTTPS", port: 443, defaultActions: forward }),
    listener({
      protocol: "HTTP",
      defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS" } }],
    }),
    listener({ protocol: "TCP", port: 443 }),
    resource("aws:cloudfront/distribution:Distribution", {
      defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" },
    }),
    app({ external: true }),
    resource("azure-native:cdn:Route", {
      supportedProtocols: ["Http", "Https"],
      httpsRedirect: "Enabled",
    }),
    passes(proxy, map({ defaultUrlRedirect: { httpsRedirect: true } })),
  ],
  bad: [
    listener({ protocol: "HTTP", port: 80, defaultActions: forward }),
    resource("aws:alb/listener:Listener", { protocol: "HTTP", port: 80, defaultActions: forward }),
    resource("aws:cloudfront/distribution:Distribution", {
      defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" },
    }),
    app({ allowInsecure: true }),
    resource("aws:cloudfront/distribution:Distribution", {
      origins: [{ customOriginConfig: { originProtocolPolicy: "http-only" } }],
    }),
    resource("azure-native:network:ApplicationGateway", { httpListeners: [{ protocol: "Http" }] }),
    resource("aws:elb/loadBalancer:LoadBalancer", {
      listeners: [{ lbProtocol: "http", lbPort: 80 }],
    }),
    resource("azure-native:web:WebApp", { httpsOnly: false }),
    resource("azure-native:cdn:Route", {
      supportedProtocols: ["Http", "Https"],
      httpsRedirect: "Disabled",
    }),
    violates(proxy, map({ defaultService: "svc" })),
  ],
  missing: [
    passes(app(undefined)),
    violates(listener({ port: 80 })),
    violates(resource("azure-native:web:WebApp", {})),
  ],
  unknown: [listener({ protocol: unknown }), waits(proxy, map({ defaultUrlRedirect: unknown }))],
  wrongType: [passes(listener({ protocol: 7 })), passes(app("x"))],
};

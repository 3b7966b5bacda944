import { Listener } from "@pulumi/aws/lb/listener";
import type { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedEdge } from "./edge-checks";
import { splitHeaders } from "./edge-headers";
import type { Scope } from "./scope";

/** Port 80, which only redirects, and 443, which is returned. */
export function listeners(
  scope: Scope,
  spec: ResolvedEdge,
  { arn: loadBalancerArn }: LoadBalancer,
  certificateArn: pulumi.Input<string>,
): Listener {
  new Listener(
    `${scope.name}-http`,
    {
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultActions: [
        {
          type: "redirect",
          redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
        },
      ],
      tags: scope.tags,
    },
    scope.child,
  );
  return new Listener(
    `${scope.name}-https`,
    {
      loadBalancerArn,
      port: 443,
      protocol: "HTTPS",
      // TLS 1.3, and 1.2 with forward secrecy.
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      certificateArn,
      ...splitHeaders(spec.headers, spec.backends).listener,
      routingHttpResponseServerEnabled: false,
      // A host or path that no route names does not exist.
      defaultActions: [
        {
          type: "fixed-response",
          fixedResponse: { contentType: "text/plain", statusCode: "404", messageBody: "Not found" },
        },
      ],
      tags: scope.tags,
    },
    scope.child,
  );
}

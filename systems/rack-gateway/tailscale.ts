import ipaddr from "ipaddr.js";
import type { ServiceDescription } from "../../components/system";
import type { DescribeInput } from "../load";
import type { RackGatewaySettings } from "../rack-gateway";

export const TAILSCALE_IMAGE = "docker.io/tailscale/tailscale:v1.84.0";

/**
 * The private way in: a router that offers the private edge to the members of a Tailscale network: its one
 * address, or the stack's network where the edge is a name whose addresses change. It runs in user space, without a device and without capabilities, and reaches its peers
 * over TCP 443. Members resolve the gateway's name to the private edge's address.
 */
export function tailscaleRouter(
  { stack, environment, settings: set }: DescribeInput<RackGatewaySettings>,
  logDays: number,
): ServiceDescription {
  return {
    image: "tailscale",
    port: 9002,
    cpu: 0.25,
    memoryMiB: 512,
    uid: 65534,
    uses: ["edge"],
    health: {
      path: "/healthz",
      intervalSeconds: 30,
      timeoutSeconds: 5,
      healthyAfter: 2,
      unhealthyAfter: 3,
      startSeconds: 30,
    },
    scaling: { min: 1, max: 1 },
    stopGraceSeconds: 10,
    backgroundWork: true,
    egress: "https",
    env: {
      TS_USERSPACE: "true",
      TS_STATE_DIR: "/tmp",
      TS_SOCKET: "/tmp/tailscaled.sock",
      TS_HOSTNAME: `rack-gateway-${environment.stack}`,
      TS_EXTRA_ARGS: `--advertise-tags=${set.tailscaleTags.join(",")}`,
      TS_ENABLE_HEALTH_CHECK: "true",
      TS_LOCAL_ADDR_PORT: "0.0.0.0:9002",
    },
    links: ({ edge }) => ({
      TS_ROUTES: edge
        ? edge.address.apply((address) => routeTo(address, stack.network.cidr ?? "10.40.0.0/16"))
        : "",
    }),
    secrets: { TS_AUTHKEY: "tailscale-auth-key" },
    logDays,
  };
}

function routeTo(address: string, network: string): string {
  if (!ipaddr.isValid(address)) return network;
  return `${address}/${ipaddr.parse(address).kind() === "ipv4" ? 32 : 128}`;
}

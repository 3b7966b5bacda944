import { R, type Variants } from "./variant";

const DC = (o: object) =>
  R("docker:index/container:Container", {
    image: "registry.example.com/app:1",
    user: "1000",
    ...o,
  });
const DS = (o: object) => R("docker:index/service:Service", o);

/** Stores in containers and behind load balancers, reachable or not. */
export const OPEN_ELSEWHERE: Variants = {
  violations: [
    ["docker pub", DC({ ports: [{ internal: 5432, external: 5432 }] })],
    ["docker public ip", DC({ ports: [{ internal: 5432, external: 5432, ip: "8.8.8.8" }] })],
    ["docker remap external", DC({ ports: [{ internal: 5432, external: 9999 }] })],
    [
      "docker remap internal unknown image",
      DC({ image: "postgres:16", ports: [{ internal: 7777, external: 7777 }] }),
    ],
    ["docker random host port", DC({ ports: [{ internal: 6379 }] })],
    ["docker host net postgres", DC({ image: "postgres:16", networkMode: "host" })],
    ["docker publishAllPorts postgres", DC({ image: "postgres:16", publishAllPorts: true })],
    [
      "swarm",
      DS({
        taskSpec: { containerSpec: { image: "x/y:1", user: "1000" } },
        endpointSpec: { ports: [{ targetPort: 5432, publishedPort: 5432 }] },
      }),
    ],
    [
      "swarm host mode",
      DS({
        taskSpec: { containerSpec: { image: "mysql:8", user: "1000" } },
        endpointSpec: { ports: [{ targetPort: 3306, publishedPort: 13306, publishMode: "host" }] },
      }),
    ],
    [
      "aci postgres public",
      R("azure-native:containerinstance:ContainerGroup", {
        containers: [
          {
            name: "db",
            image: "postgres:16",
            securityContext: { runAsUser: 999 },
            ports: [{ port: 5432 }],
          },
        ],
        ipAddress: { type: "Public", ports: [{ port: 5432, protocol: "TCP" }] },
      }),
    ],
    [
      "containerapp tcp external 5432",
      R("azure-native:app:ContainerApp", {
        configuration: {
          ingress: { external: true, transport: "tcp", targetPort: 5432, exposedPort: 5432 },
        },
        template: { containers: [{ image: "postgres:16" }] },
      }),
    ],
    [
      "nlb listener 5432 internet",
      [
        R(
          "aws:lb/loadBalancer:LoadBalancer",
          { loadBalancerType: "network", internal: false },
          "lb",
        ),
        R(
          "aws:lb/listener:Listener",
          {
            loadBalancerArn: { ref: "lb.arn" },
            port: 5432,
            protocol: "TCP",
            defaultActions: [{ type: "forward" }],
          },
          "l",
        ),
      ],
    ],
    [
      "azure lb rule 5432",
      [
        R("azure-native:network:LoadBalancer", {
          frontendIPConfigurations: [{ name: "f", publicIPAddress: { id: "x" } }],
          loadBalancingRules: [
            { name: "r", frontendPort: 5432, backendPort: 5432, protocol: "Tcp" },
          ],
        }),
      ],
    ],
    [
      "gcp forwarding rule 5432 external",
      [
        R("gcp:compute/forwardingRule:ForwardingRule", {
          loadBalancingScheme: "EXTERNAL",
          portRange: "5432",
        }),
      ],
    ],
  ],
  passes: [
    ["docker 127", DC({ ports: [{ internal: 5432, external: 5432, ip: "127.0.0.1" }] })],
    ["docker ::1", DC({ ports: [{ internal: 5432, external: 5432, ip: "::1" }] })],
    ["docker 10.x", DC({ ports: [{ internal: 5432, external: 5432, ip: "10.0.0.5" }] })],
    ["docker redis no port", DC({ image: "redis:7" })],
    ["docker udp 5432", DC({ ports: [{ internal: 5432, external: 5432, protocol: "udp" }] })],
    ["swarm none", DS({ taskSpec: { containerSpec: { image: "mysql:8", user: "1000" } } })],
    [
      "aci private",
      R("azure-native:containerinstance:ContainerGroup", {
        containers: [
          {
            name: "db",
            image: "postgres:16",
            securityContext: { runAsUser: 999 },
            ports: [{ port: 5432 }],
          },
        ],
        ipAddress: { type: "Private", ports: [{ port: 5432, protocol: "TCP" }] },
      }),
    ],
    [
      "nlb internal",
      [
        R(
          "aws:lb/loadBalancer:LoadBalancer",
          { loadBalancerType: "network", internal: true },
          "lb",
        ),
        R(
          "aws:lb/listener:Listener",
          {
            loadBalancerArn: { ref: "lb.arn" },
            port: 5432,
            protocol: "TCP",
            defaultActions: [{ type: "forward" }],
          },
          "l",
        ),
      ],
    ],
    [
      "azure lb internal",
      [
        R("azure-native:network:LoadBalancer", {
          frontendIPConfigurations: [{ name: "f", subnet: { id: "x" } }],
          loadBalancingRules: [
            { name: "r", frontendPort: 5432, backendPort: 5432, protocol: "Tcp" },
          ],
        }),
      ],
    ],
    [
      "gcp forwarding internal",
      [
        R("gcp:compute/forwardingRule:ForwardingRule", {
          loadBalancingScheme: "INTERNAL",
          ports: ["5432"],
        }),
      ],
    ],
  ],
};

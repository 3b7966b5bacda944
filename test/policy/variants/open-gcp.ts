import { R, type Variants } from "./variant";

const FW = (o: object, n = "fw") =>
  R(
    "gcp:compute/firewall:Firewall",
    {
      network: "default",
      allows: [{ protocol: "tcp", ports: ["5432"] }],
      sourceRanges: ["0.0.0.0/0"],
      ...o,
    },
    n,
  );

/** Ways to reach a store in Google Cloud, and what looks like one. */
export const OPEN_GCP: Variants = {
  violations: [
    ["gcp fw", FW({})],
    ["gcp no ranges", FW({ sourceRanges: undefined })],
    ["gcp tags+ranges", FW({ sourceTags: ["web"] })],
    ["gcp all", FW({ allows: [{ protocol: "all" }] })],
    ["gcp tcp no ports", FW({ allows: [{ protocol: "tcp" }] })],
    ["gcp proto 6", FW({ allows: [{ protocol: "6", ports: ["5432"] }] })],
    ["gcp range", FW({ allows: [{ protocol: "tcp", ports: ["22", "3000-7000"] }] })],
    [
      "gcp deny other net",
      [
        FW({}),
        FW(
          { network: "other", allows: undefined, denies: [{ protocol: "all" }], priority: 500 },
          "d",
        ),
      ],
    ],
    [
      "gcp deny tags only",
      [
        FW({}),
        FW(
          { targetTags: ["db"], allows: undefined, denies: [{ protocol: "all" }], priority: 500 },
          "d",
        ),
      ],
    ],
    [
      "gcp halves two rules",
      [FW({ sourceRanges: ["0.0.0.0/1"] }), FW({ sourceRanges: ["128.0.0.0/1"] }, "b")],
    ],
    ["gcp ipv6", FW({ sourceRanges: ["::/0"] })],
    [
      "cloudsql ipv4 default",
      R("gcp:sql/databaseInstance:DatabaseInstance", {
        databaseVersion: "POSTGRES_16",
        settings: { tier: "x" },
      }),
    ],
    [
      "cloudsql halves",
      R("gcp:sql/databaseInstance:DatabaseInstance", {
        settings: {
          ipConfiguration: {
            ipv4Enabled: true,
            authorizedNetworks: [{ value: "0.0.0.0/1" }, { value: "128.0.0.0/1" }],
          },
        },
      }),
    ],
    [
      "alloydb public",
      R("gcp:alloydb/instance:Instance", { networkConfig: { enablePublicIp: true } }),
    ],
    [
      "gcp fw policy with rules",
      R("gcp:compute/networkFirewallPolicyWithRules:NetworkFirewallPolicyWithRules", {
        rules: [
          {
            action: "allow",
            priority: 100,
            direction: "INGRESS",
            match: {
              srcIpRanges: ["0.0.0.0/0"],
              layer4Configs: [{ ipProtocol: "tcp", ports: ["5432"] }],
            },
          },
        ],
      }),
    ],
  ],
  passes: [
    ["gcp tags source", FW({ sourceRanges: undefined, sourceTags: ["web"] })],
    [
      "gcp deny before",
      [FW({}), FW({ allows: undefined, denies: [{ protocol: "all" }], priority: 500 }, "d")],
    ],
    ["gcp deny same prio", [FW({}), FW({ allows: undefined, denies: [{ protocol: "tcp" }] }, "d")]],
    ["gcp disabled", FW({ disabled: true })],
    ["gcp egress", FW({ direction: "EGRESS" })],
    ["gcp lb health ranges", FW({ sourceRanges: ["35.191.0.0/16", "130.211.0.0/22"] })],
    ["gcp iap", FW({ sourceRanges: ["35.235.240.0/20"] })],
    [
      "cloudsql private",
      R("gcp:sql/databaseInstance:DatabaseInstance", {
        settings: { ipConfiguration: { ipv4Enabled: false, privateNetwork: "n" } },
      }),
    ],
    [
      "memorystore private",
      R("gcp:redis/instance:Instance", {
        authEnabled: true,
        transitEncryptionMode: "SERVER_AUTHENTICATION",
      }),
    ],
  ],
};

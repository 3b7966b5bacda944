import { CACHE } from "../../../lib/deployability/aws/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-elasticache-auth-needs-tls",
  title: "A cache with a token or a key has the encryption they need",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameterValue: The AUTH token is only supported when encryption-in-transit is enabled.",
  },
  fix: "Use a ReplicationGroup with transitEncryptionEnabled true beside authToken, and atRestEncryptionEnabled true beside kmsKeyId.",
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html",
  check: {
    [CACHE]: (cache) => {
      const token = [cache.at("authToken"), cache.at("authTokenWo")].find(
        (value) => value.present && value.text !== "",
      );
      const transit = cache.at("transitEncryptionEnabled");
      const key = cache.at("kmsKeyId");
      const rest = cache.at("atRestEncryptionEnabled");
      const valkey = cache.at("engine").isWord("valkey");
      const restIsOn = rest.boolean === true || (rest.absent && valkey);
      const inherits = cache.at("globalReplicationGroupId").present;
      return [
        ...(token === undefined || transit.boolean === true || inherits
          ? []
          : transit.unknown
            ? [undecided(transit)]
            : [violation(transit, "a token is set, but encryption in transit is not on")]),
        ...(key.absent || key.text === "" || restIsOn || inherits
          ? []
          : rest.unknown
            ? [undecided(rest)]
            : [
                {
                  ...violation(rest, "a key is set, but encryption at rest is not on"),
                  answer:
                    "InvalidParameterCombination: KmsKeyId can only be used when encryption at rest is enabled.",
                },
              ]),
      ];
    },
    "aws:elasticache/cluster:Cluster": (cluster) => {
      const transit = cluster.at("transitEncryptionEnabled");
      const joins = cluster.at("replicationGroupId").present;
      if (!cluster.at("engine").isWord("redis", "valkey") || joins) return [];
      return transit.boolean === true
        ? [
            {
              ...violation(
                transit,
                "a single cluster has no encryption in transit for this engine",
              ),
              answer:
                "InvalidParameterCombination: Encryption in transit is supported with a replication group only.",
            },
          ]
        : [];
    },
  },
});

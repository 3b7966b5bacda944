import { POSTGRES } from "../../../lib/deployability/azure/types";
import { deployability } from "../../../lib/deployability/rule";
import { mustBeAmong, mustMatch } from "../../../lib/deployability/values";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

/** The tier by the letter behind `Standard_`. */
const TIERS: Readonly<Record<string, string>> = {
  B: "Burstable",
  D: "GeneralPurpose",
  E: "MemoryOptimized",
};

const SIZES = Array.from({ length: 11 }, (_, power) => 32 * 2 ** power).filter(
  (size) => size <= 32768,
);

export const rule = deployability({
  id: "azure-pg-sku-tier-ha",
  title: "Size, tier, standby, storage and version of a PostgreSQL server fit together",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400: the edition and the sku size do not match, or high availability is not supported for Burstable.",
  },
  fix: "Use tier Burstable with B sizes, GeneralPurpose with D and MemoryOptimized with E; a standby needs one of the latter two; storageSizeGB is 32, 64, 128 ... 32768.",
  source: "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-compute",
  check: {
    [POSTGRES]: (server) => [
      ...checkTier(server),
      ...checkStandby(server),
      ...checkStorage(server),
      ...mustMatch(
        server.at("version"),
        /^1[1-8]$/,
        (version) => `version ${version} is no major version on offer`,
      ),
    ],
  },
});

function checkTier(server: Resource): Report[] {
  const name = server.at("sku.name");
  const tier = server.at("sku.tier");
  if (name.absent || tier.absent) return [];
  const [unknown] = [name, tier].filter((value) => value.unknown);
  if (unknown !== undefined) return [undecided(unknown)];
  const wanted = tierOf(server);
  if (wanted === undefined || tier.isWord(wanted)) return [];
  return [
    violation(tier, `tier ${tier.text ?? ""} does not go with ${name.text}, which is ${wanted}`),
  ];
}

function tierOf(server: Resource): string | undefined {
  const letter = /^Standard_([A-Z])/i.exec(server.at("sku.name").text ?? "")?.[1];
  return letter === undefined ? undefined : TIERS[letter.toUpperCase()];
}

function checkStandby(server: Resource): Report[] {
  const mode = server.at("highAvailability.mode");
  const tier = server.at("sku.tier");
  if (mode.absent || mode.isWord("Disabled")) return [];
  if (!tier.isWord("Burstable") && tierOf(server) !== "Burstable") return [];
  return mode.unknown
    ? [undecided(mode)]
    : [violation(mode, "high availability is not offered for a Burstable server")];
}

/** Premium SSD v2 and Ultra disks come in any size. */
function checkStorage(server: Resource): Report[] {
  const kind = server.at("storage.type");
  if (kind.present && !kind.isWord("Premium_LRS")) return [];
  return mustBeAmong(
    server.at("storage.storageSizeGB"),
    SIZES,
    (size) => `storageSizeGB ${size} is none of ${SIZES.join(", ")}`,
  );
}

import { SQL } from "../../../lib/deployability/gcp/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const PLUS = "ENTERPRISE_PLUS";

export const rule = deployability({
  id: "gcp-sql-tier-edition",
  title: "The tier of a database instance is one of its edition",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400: Invalid request: Invalid Tier for (ENTERPRISE_PLUS) Edition. Use a predefined Tier like db-perf-optimized-N-* instead.",
  },
  fix: 'Set settings.edition to "ENTERPRISE" for db-f1-micro, db-g1-small and db-custom-*, which PostgreSQL 16 and later do not take by default; or use db-perf-optimized-N-*.',
  source: "https://cloud.google.com/sql/docs/postgres/editions-intro",
  check: {
    [SQL]: (instance) => {
      const tier = instance.at("settings.tier");
      const edition = instance.at("settings.edition");
      const version = instance.at("databaseVersion");
      if (tier.absent || tier.text === "") return [];
      const relevant = edition.present ? [tier, edition] : [tier, version];
      const [unknown] = relevant.filter((value) => value.unknown);
      if (unknown !== undefined) return [undecided(unknown)];
      return [...checkEdition(instance), ...checkCustom(instance), ...checkLogDays(instance)];
    },
  },
});

/** The edition an instance gets; PostgreSQL has another default since version 16. */
function editionOf(instance: Resource): string {
  const given = instance.at("settings.edition").text;
  if (given !== undefined && given !== "") return given.toUpperCase();
  const major = /^POSTGRES_(\d+)/i.exec(instance.at("databaseVersion").text ?? "")?.[1];
  return Number(major ?? 0) >= 16 ? PLUS : "ENTERPRISE";
}

function checkEdition(instance: Resource): Report[] {
  const tier = instance.at("settings.tier");
  const edition = editionOf(instance);
  const isPlus = /^db-(perf-optimized|c4a?-highmem|n4-highmem)/.test(
    tier.text ?? "db-perf-optimized",
  );
  if (isPlus === (edition === PLUS)) return [];
  return [
    {
      ...violation(tier, `tier ${tier.text} is not of edition ${edition}`),
      answer: `400: Invalid request: Invalid Tier (${tier.text}) for (${edition}) Edition.${edition === PLUS ? " Use a predefined Tier like db-perf-optimized-N-* instead." : ""}`,
    },
  ];
}

function checkCustom(instance: Resource): Report[] {
  const tier = instance.at("settings.tier");
  const [, cpus = "", megabytes = ""] = /^db-custom-(\d+)-(\d+)$/.exec(tier.text ?? "") ?? [];
  if (cpus === "") return [];
  const cpu = Number(cpus);
  const memory = Number(megabytes);
  const perCpu = memory / 1024 / cpu;
  const wrong =
    cpu !== 1 && cpu % 2 === 1
      ? "the number of processors is neither 1 nor even"
      : memory % 256 !== 0
        ? "the memory is no multiple of 256 MB"
        : memory < 3840
          ? "the memory is less than 3840 MB"
          : perCpu < 0.9 || perCpu > 6.5
            ? "the memory per processor is not 0.9 to 6.5 GB"
            : undefined;
  return wrong === undefined
    ? []
    : [
        {
          ...violation(tier, `${tier.text}: ${wrong}`),
          answer: `400: Invalid request: Invalid Tier (${tier.text}).`,
        },
      ];
}

function checkLogDays(instance: Resource): Report[] {
  const days = instance.at("settings.backupConfiguration.transactionLogRetentionDays");
  if (days.number === undefined || days.number <= 7 || editionOf(instance) === PLUS) return [];
  return [
    {
      ...violation(days, `${days.number} days of transaction logs are more than the edition keeps`),
      answer:
        "400: transactionLogRetentionDays must be between 1 and 7 for the ENTERPRISE edition.",
    },
  ];
}

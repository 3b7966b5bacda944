import type { Control } from "./control";
import {
  ALARMS,
  ARCHIVES,
  containerWith,
  DATABASES,
  DATABASE_SETTINGS,
  LOG_EXPORTS,
  LOG_STORES,
  REGISTRIES,
  WORKLOADS,
} from "./types";

/** Audit, configuration, acquisition and contingency. */
export const OPERATION: readonly Control[] = [
  {
    id: "CM-2",
    title: "Baseline configuration",
    requirements: [
      { text: "workloads are described as code", types: WORKLOADS },
      { text: "images are pinned", rules: ["image-pinned"] },
    ],
  },
  {
    id: "CM-6",
    title: "Configuration settings",
    requirements: [
      {
        text: "database parameters are set as code",
        types: DATABASE_SETTINGS,
        holds: /parameter|databaseFlags|"value"|postgres/i,
      },
      { text: "debugging is off", types: WORKLOADS, holds: /DEBUG\\*"[^}]*false|DEBUG=false/i },
    ],
  },
  {
    id: "SA-10",
    title: "Developer configuration management",
    requirements: [
      { text: "images are kept in a registry of the stack", types: REGISTRIES },
      { text: "tags cannot be moved", rules: ["registry-immutable-tags"] },
      { text: "images carry a version or a digest", rules: ["image-pinned"] },
    ],
  },
  {
    id: "AU-2",
    title: "Event logging",
    requirements: [
      { text: "connections are logged", types: DATABASE_SETTINGS, holds: /log_connections/ },
      { text: "disconnections are logged", types: DATABASE_SETTINGS, holds: /log_disconnections/ },
      {
        text: "changes of the schema are logged",
        types: DATABASE_SETTINGS,
        holds: /log_statement|pgaudit/,
      },
      { text: "logs can be searched", types: LOG_STORES },
    ],
  },
  {
    id: "AU-6",
    title: "Audit record review, analysis and reporting",
    requirements: [
      { text: "logs are exported to the SIEM", types: LOG_EXPORTS },
      { text: "alarms are raised", types: ALARMS },
    ],
  },
  {
    id: "AU-9",
    title: "Protection of audit information",
    requirements: [
      {
        text: "a write-once archive",
        types: ARCHIVES,
        holds: /objectLock|retention|immutab/i,
        rules: ["worm-locked"],
      },
      { text: "records leave the machine that writes them", types: LOG_EXPORTS },
      {
        text: "an alarm on failed verification of the audit chain",
        types: ALARMS,
        holds: /\bhash|integrity|tamper/i,
      },
    ],
  },
  {
    id: "CP-9",
    title: "System backup",
    requirements: [
      { text: "a database", types: DATABASES, holds: /postgres|mysql|engine|storage/i },
      {
        text: "databases are backed up",
        rules: ["database-backup"],
        otherwise: [containerWith(/"BACKUP_DAYS=[1-9]/)],
      },
      {
        text: "an alarm on database connections",
        types: ALARMS,
        holds: /connections|connection_count|num_backends/i,
      },
    ],
  },
];

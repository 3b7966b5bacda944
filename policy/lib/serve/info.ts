import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Severity } from "@pulumi/policy";
import { defaultLevel, SETTINGS_KEY, type Level } from "../config";
import { GOVERNANCE } from "../governance";
import type { Rule } from "../rule";
import { SETTINGS } from "../settings";
import type { PackArgs } from "./pack";

const LEVELS = {
  advisory: messages.EnforcementLevel.ADVISORY,
  mandatory: messages.EnforcementLevel.MANDATORY,
  disabled: messages.EnforcementLevel.DISABLED,
} as const;

const SEVERITIES = {
  low: messages.PolicySeverity.POLICY_SEVERITY_LOW,
  medium: messages.PolicySeverity.POLICY_SEVERITY_MEDIUM,
  high: messages.PolicySeverity.POLICY_SEVERITY_HIGH,
  critical: messages.PolicySeverity.POLICY_SEVERITY_CRITICAL,
} as const;

export function toLevel(level: Level): messages.EnforcementLevel {
  return LEVELS[level];
}

/** The engine's level as ours; "remediate" counts as mandatory, since the pack changes nothing itself. */
export function fromLevel(level: messages.EnforcementLevel): Level {
  if (level === LEVELS.advisory) return "advisory";
  return level === LEVELS.disabled ? "disabled" : "mandatory";
}

export function severityOf(severity: Severity): messages.PolicySeverity {
  return SEVERITIES[severity];
}

/** What `pulumi policy` commands and policy services show of the pack. */
export function describePack(args: PackArgs): messages.AnalyzerInfo {
  const info = new messages.AnalyzerInfo();
  info.setName(args.name);
  info.setDisplayname("Portolan");
  info.setDescription(args.description);
  info.setVersion(args.version);
  info.setSupportsconfig(true);
  info.setPoliciesList([...[...args.rules, ...GOVERNANCE].map(describeRule), describeSettings()]);
  return info;
}

function describeRule(rule: Rule): messages.PolicyInfo {
  const info = new messages.PolicyInfo();
  info.setName(rule.id);
  info.setDisplayname(rule.title);
  info.setDescription(`${rule.title}. ${rule.why}`);
  info.setEnforcementlevel(toLevel(defaultLevel(rule, { requireCustomerManagedKeys: false })));
  info.setSeverity(severityOf(rule.severity));
  info.setPolicyType(
    rule.check === undefined
      ? messages.PolicyType.POLICY_TYPE_STACK
      : messages.PolicyType.POLICY_TYPE_RESOURCE,
  );
  info.setTagsList([rule.category, rule.profile]);
  info.setRemediationSteps(Object.values(rule.fix).join("\n"));
  const framework = new messages.PolicyComplianceFramework();
  framework.setName("NIST SP 800-53");
  framework.setVersion("5");
  framework.setReference(rule.controls.nist.join(", "));
  info.setFramework(framework);
  return info;
}

/** The entry that carries the shared parameters, so that the CLI can check and hand them over. */
function describeSettings(): messages.PolicyInfo {
  const info = new messages.PolicyInfo();
  info.setName(SETTINGS_KEY);
  info.setDisplayname("Settings of the pack");
  info.setDescription("Parameters shared by the rules; reports nothing itself.");
  info.setEnforcementlevel(toLevel("advisory"));
  info.setPolicyType(messages.PolicyType.POLICY_TYPE_STACK);
  const schema = new messages.PolicyConfigSchema();
  const properties = Object.entries(SETTINGS).map(([key, setting]) => [
    key,
    { ...setting.schema, description: setting.doc },
  ]);
  schema.setProperties(Struct.fromJavaScript(Object.fromEntries(properties)));
  info.setConfigschema(schema);
  return info;
}

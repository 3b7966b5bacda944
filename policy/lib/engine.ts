import type { Configuration, Level } from "./config";
import { ExemptionBook, isExpired, type Exemption } from "./exemptions";
import { toFinding, type Decision, type ExemptedFinding, type Finding } from "./finding";
import { EXPIRED, UNUSED } from "./governance";
import { Graph } from "./graph/graph";
import type { Resource } from "./resource";
import type { Check, Report, Rule } from "./rule";

/** What came out of asking rules about resources. */
export interface Outcome {
  readonly violations: Finding[];
  readonly undecided: Finding[];
  readonly exempted: ExemptedFinding[];
  readonly decisions: Decision[];
}

/** Asks every rule about resources, one at a time or as a stack. One engine serves one run. */
export class Engine {
  private readonly configuration: Configuration;
  private readonly exemptions: ExemptionBook;
  private readonly now: Date;
  private readonly byType = new Map<string, { rule: Rule; level: Level; check: Check }[]>();
  private readonly stackRules: { rule: Rule; level: Level }[] = [];

  constructor(
    rules: readonly Rule[],
    configuration: Configuration,
    exemptions: readonly Exemption[],
    now: Date,
  ) {
    this.configuration = configuration;
    this.exemptions = new ExemptionBook(exemptions);
    this.now = now;
    for (const rule of rules) {
      const level = configuration.levelOf(rule);
      if (level === "disabled") continue;
      if (rule.checkStack !== undefined) this.stackRules.push({ rule, level });
      for (const [type, check] of Object.entries(rule.check ?? {})) {
        const entry = { rule, level, check };
        const same = this.byType.get(type);
        if (same === undefined) this.byType.set(type, [entry]);
        else same.push(entry);
      }
    }
  }

  /** True if any rule decides on resources of this type by itself. */
  knows(type: string): boolean {
    return this.byType.has(type);
  }

  /** What each resource says by itself. */
  resource(resource: Resource, outcome: Outcome): void {
    for (const { rule, level, check } of this.byType.get(resource.type) ?? []) {
      const reports = check(resource, this.configuration);
      this.record(rule, level, resource, reports, outcome);
    }
  }

  /** What the resources say together. */
  stack(resources: readonly Resource[], outcome: Outcome): void {
    const graph = new Graph(resources);
    for (const { rule, level } of this.stackRules) {
      const stackCheck = rule.checkStack;
      if (stackCheck === undefined || graph.ofType(...stackCheck.types).length === 0) continue;
      const byResource = new Map<Resource, Report[]>();
      for (const report of stackCheck.run(graph, this.configuration)) {
        const same = byResource.get(report.resource);
        if (same === undefined) byResource.set(report.resource, [report]);
        else same.push(report);
      }
      for (const [resource, reports] of byResource)
        this.record(rule, level, resource, reports, outcome);
      for (const resource of graph.ofType(...stackCheck.types)) {
        const decidedAlone = rule.check !== undefined && Object.hasOwn(rule.check, resource.type);
        if (!byResource.has(resource) && !decidedAlone)
          this.record(rule, level, resource, [], outcome);
      }
    }
  }

  /** Exemptions that belong to this stack and covered nothing; to be asked last. */
  unusedExemptions(resources: readonly Resource[], outcome: Outcome): void {
    const level = this.configuration.levelOf(UNUSED);
    const [first] = resources;
    if (level === "disabled" || first === undefined) return;
    for (const exemption of this.exemptions.unused(resources.map((resource) => resource.urn))) {
      const message = `the exemption of ${exemption.rule} for ${exemption.urn} (${exemption.owner}) covers no finding`;
      const finding = toFinding(UNUSED, level, first, { verdict: "violation", path: "", message });
      outcome.violations.push({
        ...finding,
        type: "exemption",
        name: exemption.rule,
        urn: exemption.urn,
      });
    }
  }

  private record(
    rule: Rule,
    level: Level,
    resource: Resource,
    reports: Report[],
    outcome: Outcome,
  ): void {
    const verdict = reports.some((report) => report.verdict === "violation")
      ? "violation"
      : reports.length > 0
        ? "undecided"
        : "pass";
    outcome.decisions.push({ rule: rule.id, urn: resource.urn, verdict });
    for (const report of reports) {
      const finding = toFinding(
        rule,
        level,
        report.resource ?? resource,
        withIgnored(report, resource),
      );
      if (report.verdict === "undecided") outcome.undecided.push(finding);
      else this.recordViolation(finding, resource, outcome);
    }
  }

  private recordViolation(finding: Finding, resource: Resource, outcome: Outcome): void {
    const exemption = this.exemptions.find(finding.rule, finding.urn);
    if (exemption === undefined) {
      outcome.violations.push(finding);
      return;
    }
    if (!isExpired(exemption, this.now)) {
      outcome.exempted.push({ ...finding, exemption });
      return;
    }
    outcome.violations.push(finding);
    const level = this.configuration.levelOf(EXPIRED);
    if (level === "disabled") return;
    const message = `the exemption of ${finding.rule} by ${exemption.owner} expired on ${exemption.expires}`;
    const report: Report = { verdict: "violation", path: finding.path, message };
    outcome.violations.push(toFinding(EXPIRED, level, resource, report));
  }
}

/** A property that is wrong and also ignored stays wrong in the cloud after it has been corrected in the program. */
function withIgnored(report: Report, resource: Resource): Report {
  const ignored = resource.opts.ignoreChanges;
  if (!Array.isArray(ignored) || report.path === "") return report;
  const top = report.path.replace(/[.[].*$/, "");
  if (!ignored.some((path) => typeof path === "string" && path.replace(/[.[].*$/, "") === top))
    return report;
  return {
    ...report,
    message: `${report.message} (ignoreChanges keeps a correction of ${top} from the cloud)`,
  };
}

/** An outcome nothing was added to yet. */
export function emptyOutcome(): Outcome {
  return { violations: [], undecided: [], exempted: [], decisions: [] };
}

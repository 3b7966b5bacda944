import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { ConfigError, defaultLevel, readConfig, SETTINGS_KEY, type PackConfig } from "../config";
import { emptyOutcome, Engine, type Outcome } from "../engine";
import type { Exemption } from "../exemptions";
import { GOVERNANCE } from "../governance";
import type { Resource } from "../resource";
import type { Rule } from "../rule";
import { fromAnalyze, fromStack } from "./decode";
import { diagnostics } from "./diagnostics";
import { describePack, fromLevel } from "./info";

/** What a pack is made of. */
export interface PackArgs {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly rules: readonly Rule[];
  readonly exemptions: readonly Exemption[];
}

/**
 * The pack as the engine talks to it. It speaks the analyzer protocol itself instead of going through the SDK's
 * PolicyPack, which decodes a resource again for every rule that may apply and sends a "not applicable" for every other
 * one: measured with these rules, that alone cost more than twice what the whole pack costs, and half a second at start.
 */
export class Pack {
  private readonly args: PackArgs;
  private engine: Engine;
  /** Inputs by URN: the stack's message holds outputs only, and rules decide on what the program asked for. */
  private readonly inputs = new Map<string, Resource>();

  constructor(args: PackArgs) {
    this.args = args;
    this.engine = this.makeEngine({});
  }

  info(): messages.AnalyzerInfo {
    return describePack(this.args);
  }

  pluginInfo(): plugin.PluginInfo {
    const info = new plugin.PluginInfo();
    info.setVersion(this.args.version);
    return info;
  }

  /** Throws a sentence per wrong entry; the engine shows it and stops. */
  configure(request: messages.ConfigureAnalyzerRequest): void {
    const config: Record<string, unknown> = {};
    const byId = new Map(this.args.rules.map((rule) => [rule.id, rule]));
    for (const [id, entry] of request.getPolicyconfigMap().entries()) {
      const properties = entry.getProperties()?.toJavaScript() ?? {};
      if (id === SETTINGS_KEY) {
        config[id] = properties;
        continue;
      }
      const unknown = Object.keys(properties).filter((key) => key !== "enforcementLevel");
      if (unknown.length > 0) {
        throw new ConfigError([
          `${id}.${unknown[0]}: rules have a level only; parameters stand under "settings"`,
        ]);
      }
      const level = fromLevel(entry.getEnforcementlevel());
      const rule = byId.get(id);
      // The CLI sends every rule's listed level along; only what differs was configured by somebody.
      const listed =
        rule === undefined ? undefined : defaultLevel(rule, { requireCustomerManagedKeys: false });
      if (level !== listed) config[id] = level;
    }
    this.engine = this.makeEngine(config);
  }

  /** Changes nothing for anybody: rules say what to write, people write it. */
  remediate(): messages.RemediateResponse {
    return new messages.RemediateResponse();
  }

  analyze(request: messages.AnalyzeRequest): messages.AnalyzeResponse {
    const resource = fromAnalyze(request);
    this.inputs.set(resource.urn, resource);
    return this.respond((outcome) => this.engine.resource(resource, outcome));
  }

  analyzeStack(request: messages.AnalyzeStackRequest): messages.AnalyzeResponse {
    const resources = request.getResourcesList().map((message) => fromStack(message, this.inputs));
    return this.respond((outcome) => {
      this.engine.stack(resources, outcome);
      this.engine.unusedExemptions(resources, outcome);
    });
  }

  private respond(run: (outcome: Outcome) => void): messages.AnalyzeResponse {
    const outcome = emptyOutcome();
    run(outcome);
    const response = new messages.AnalyzeResponse();
    response.setDiagnosticsList(diagnostics(outcome, this.args));
    return response;
  }

  private makeEngine(config: PackConfig): Engine {
    const rules = [...this.args.rules, ...GOVERNANCE];
    return new Engine(this.args.rules, readConfig(config, rules), this.args.exemptions, new Date());
  }
}

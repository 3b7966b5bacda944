import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Catalogue } from "./catalogue";
import { check } from "./check";
import { viewOf } from "./cloud";
import { decode, encode } from "./codec";
import { difference, pathOf } from "./diff";
import type { Difference } from "./diff";
import type { EngineLog } from "./engine-log";
import type { Faults } from "./faults";
import type { Autonaming } from "./naming";
import type { Pace } from "./pace";
import { Resources } from "./resources";
import type { Lifecycle, RealLifecycle, Target } from "./lifecycle";
import type { Store } from "./store";
import type { Strict } from "./strict";
import type { PackageTable, TypeTable } from "./table";
import { plain } from "./values";
import type { Plain, Properties } from "./values";

export interface ServiceOptions {
  provider: PackageTable;
  /** Version of the npm package the program uses, so that the engine finds what it expects. */
  version: string;
  store: Store;
  faults: Faults;
  log: EngineLog;
  /** Makes creations take their time; absent unless asked for. */
  pace: Pace | undefined;
  /** Refuses what did not wait for all it needs; absent unless asked for. */
  strict: Strict | undefined;
  /** Drives what is real instead of the simulated cloud. */
  real: RealLifecycle | undefined;
  /** Table for a type nobody wrote one for. */
  fallback: (type: string) => Promise<TypeTable>;
}

/** So long a reply may take to the engine. */
const UNDERWAY_MS = 500;

interface Addressed {
  getUrn(): string;
  getType(): string;
}

/** The resource provider protocol of the engine, answered from a package's tables and the cloud on disk. */
export class ProviderService {
  readonly #options: ServiceOptions;
  readonly #provider: PackageTable;
  readonly #catalogue: Catalogue;
  readonly #afterReply = new WeakMap<object, () => void>();
  /** Replies that may be on their way still. */
  readonly #sent = new Map<string, NodeJS.Timeout>();
  #config: Record<string, Plain> = {};

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#provider = options.provider;
    this.#catalogue = new Catalogue(options.provider, options.fallback);
  }

  /** The server has handed a response to the network. */
  replied(response: unknown): void {
    if (typeof response === "object" && response !== null) this.#afterReply.get(response)?.();
  }

  /** The engine ends this process itself, so it has had every reply. */
  ended(): void {
    for (const urn of this.#sent.keys()) this.#heard(urn);
  }

  /** A process that dies takes replies with it that the network had not sent yet. */
  #sentTo(urn: string): void {
    this.#sent.set(urn, setTimeout(() => this.#heard(urn), UNDERWAY_MS).unref());
  }

  /** The engine knows of the resource. */
  #heard(urn: string): void {
    clearTimeout(this.#sent.get(urn));
    this.#sent.delete(urn);
    this.#resources().acknowledge(urn);
  }

  handshake(): messages.ProviderHandshakeResponse {
    const response = new messages.ProviderHandshakeResponse();
    response.setAcceptSecrets(true);
    response.setAcceptResources(false);
    response.setAcceptOutputs(true);
    response.setSupportsAutonamingConfiguration(true);
    return response;
  }

  getPluginInfo(): PluginInfo {
    const info = new PluginInfo();
    info.setVersion(this.#options.version);
    return info;
  }

  /** Enough for the engine; code generation after an import needs the real schema and is not simulated. */
  getSchema(): messages.GetSchemaResponse {
    const { version } = this.#options;
    const response = new messages.GetSchemaResponse();
    response.setSchema(JSON.stringify({ name: this.#provider.name, version }));
    return response;
  }

  getMapping(): messages.GetMappingResponse {
    return new messages.GetMappingResponse();
  }

  getMappings(): messages.GetMappingsResponse {
    return new messages.GetMappingsResponse();
  }

  attach(): Empty {
    return new Empty();
  }

  cancel(): Empty {
    this.#options.pace?.cancel();
    return new Empty();
  }

  checkConfig(request: messages.CheckRequest): messages.CheckResponse {
    const news = decode(request.getNews());
    const failures = this.#provider.checkConfig?.(configOf(news)) ?? [];
    return checkResponse(news, failures);
  }

  /** A changed provider configuration updates the provider; what it manages stays. */
  diffConfig(request: messages.DiffRequest): messages.DiffResponse {
    const olds = decode(request.getOldInputs() ?? request.getOlds());
    return diffResponse(difference({}, [], olds, decode(request.getNews())));
  }

  configure(request: messages.ConfigureRequest): messages.ConfigureResponse {
    this.#config = configOf(decode(request.getArgs()));
    const response = new messages.ConfigureResponse();
    response.setAcceptsecrets(true);
    response.setAcceptoutputs(true);
    response.setSupportspreview(true);
    response.setSupportsAutonamingConfiguration(true);
    return response;
  }

  async invoke(request: messages.InvokeRequest): Promise<messages.InvokeResponse> {
    const token = request.getTok();
    const args = decode(request.getArgs());
    await this.#options.faults.strike("invoke", token, "");
    const rule = await this.#catalogue.function(token);
    const response = new messages.InvokeResponse();
    if (rule === undefined) {
      throw new Error(`the simulated ${this.#provider.name} has no function ${token}`);
    }
    const place = this.#resources().place(args);
    const cloud = viewOf(this.#options.store);
    response.setReturn(encode(rule(plain(args), { place, cloud })));
    return response;
  }

  async check(request: messages.CheckRequest): Promise<messages.CheckResponse> {
    const target = this.#target(request);
    const result = check({
      table: await this.#catalogue.table(target.type),
      type: target.type,
      logicalName: nameOf(request.getUrn()),
      olds: decode(request.getOlds()),
      news: decode(request.getNews()),
      seed: request.getRandomseed_asU8(),
      autonaming: autonamingOf(request.getAutonaming()),
    });
    return checkResponse(result.inputs, result.failures);
  }

  async diff(request: messages.DiffRequest): Promise<messages.DiffResponse> {
    const { type, urn } = this.#target(request);
    this.#heard(urn); // What it compares it knows.
    const table = await this.#catalogue.table(type);
    const olds = decode(request.getOldInputs() ?? request.getOlds());
    const replaceOn = this.#provider.replaceOn ?? [];
    return diffResponse(difference(table, replaceOn, olds, decode(request.getNews())));
  }

  async create(request: messages.CreateRequest): Promise<messages.CreateResponse> {
    const target = this.#target(request);
    const inputs = decode(request.getProperties());
    const response = new messages.CreateResponse();
    if (request.getPreview()) {
      response.setProperties(encode(await this.#resources().previewCreate(target, inputs)));
      return response;
    }
    await this.#options.faults.strike("create", target.type, target.urn);
    await this.#options.strict?.refuse(target.urn);
    const { seconds } = await this.#catalogue.table(target.type);
    await this.#options.pace?.take(seconds ?? 0, target.urn);
    const made = await this.#resources().create(target, inputs);
    await this.#options.faults.strikeAfter("create", target.type, target.urn);
    response.setId(made.id);
    response.setProperties(encode(made.outputs));
    this.#afterReply.set(response, () => this.#sentTo(target.urn));
    return response;
  }

  async read(request: messages.ReadRequest): Promise<messages.ReadResponse> {
    const target = { ...this.#target(request), id: request.getId() };
    await this.#options.faults.strike("read", target.type, target.urn);
    const state = decode(request.getProperties());
    const object = await this.#resources().read(target, state, state, decode(request.getInputs()));
    const response = new messages.ReadResponse();
    if (object === undefined) return response; // An empty ID tells the engine that the resource is gone.
    response.setId(object.id);
    response.setProperties(encode(object.outputs));
    response.setInputs(encode(object.inputs));
    return response;
  }

  async update(request: messages.UpdateRequest): Promise<messages.UpdateResponse> {
    const target = { ...this.#target(request), id: request.getId() };
    const news = decode(request.getNews());
    const olds = decode(request.getOlds());
    const oldInputs = decode(request.getOldInputs());
    const response = new messages.UpdateResponse();
    if (request.getPreview()) {
      const state = await this.#resources().previewUpdate(target, olds, oldInputs, news);
      response.setProperties(encode(state));
      return response;
    }
    await this.#options.faults.strike("update", target.type, target.urn);
    response.setProperties(encode(await this.#resources().update(target, olds, oldInputs, news)));
    await this.#options.faults.strikeAfter("update", target.type, target.urn);
    return response;
  }

  async delete(request: messages.DeleteRequest): Promise<Empty> {
    const target = { ...this.#target(request), id: request.getId() };
    this.#heard(target.urn);
    await this.#options.faults.strike("delete", target.type, target.urn);
    await this.#resources().remove(target, decode(request.getProperties()));
    await this.#options.faults.strikeAfter("delete", target.type, target.urn);
    return new Empty();
  }

  #resources(): Lifecycle {
    if (this.#options.real !== undefined) return this.#options.real(this.#config);
    return new Resources(this.#provider, this.#catalogue, this.#options.store, this.#config);
  }

  #target(request: Addressed): Target {
    const urn = request.getUrn();
    const token = request.getType() || typeOf(urn);
    return { type: this.#provider.canonical?.(token) ?? token, urn, id: "" };
  }
}

/** Last `$`-separated type of a URN. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Provider configuration arrives as strings; nested values as JSON. */
function configOf(properties: Properties): Record<string, Plain> {
  const config: Record<string, Plain> = {};
  for (const [key, value] of Object.entries(properties)) {
    const bare = plain(value);
    config[key] = typeof bare === "string" && /^[[{]/.test(bare) ? parse(bare) : bare;
  }
  return config;
}

function parse(text: string): Plain {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function autonamingOf(
  options: messages.CheckRequest.AutonamingOptions | undefined,
): Autonaming | undefined {
  if (options === undefined) return undefined;
  const modes = ["propose", "enforce", "disable"] as const;
  return { proposed: options.getProposedName(), mode: modes[options.getMode()] ?? "propose" };
}

function checkResponse(
  inputs: Properties,
  failures: readonly { property: string; reason: string }[],
): messages.CheckResponse {
  const response = new messages.CheckResponse();
  response.setInputs(encode(inputs));
  for (const { property, reason } of failures) {
    const failure = new messages.CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    response.addFailures(failure);
  }
  return response;
}

function diffResponse(found: Difference): messages.DiffResponse {
  const response = new messages.DiffResponse();
  const { DiffChanges } = messages.DiffResponse;
  response.setChanges(found.changes.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
  response.setHasdetaileddiff(true);
  response.setDeletebeforereplace(found.deleteBeforeReplace);
  const keys = new Set<string>();
  for (const change of found.changes) {
    const key = change.path[0] ?? "";
    keys.add(key);
    if (change.replaces) response.addReplaces(key);
    const detail = new messages.PropertyDiff();
    detail.setKind(kindOf(change.kind, change.replaces));
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(pathOf(change), detail);
  }
  response.setDiffsList([...keys]);
  return response;
}

function kindOf(kind: "add" | "delete" | "update", replaces: boolean): messages.PropertyDiff.Kind {
  const { Kind } = messages.PropertyDiff;
  const plainKind = { add: Kind.ADD, delete: Kind.DELETE, update: Kind.UPDATE };
  const replaceKind = {
    add: Kind.ADD_REPLACE,
    delete: Kind.DELETE_REPLACE,
    update: Kind.UPDATE_REPLACE,
  };
  return (replaces ? replaceKind : plainKind)[kind];
}

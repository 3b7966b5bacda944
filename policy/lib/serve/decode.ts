import type * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { makeResource, type PlainResource, type Resource, type ResourceOptions } from "../resource";
import { decode } from "../value/decode";

/** A resource as it is registered: inputs, some of them unknown in a preview. */
export function fromAnalyze(request: messages.AnalyzeRequest): Resource {
  const plain: PlainResource = {
    type: request.getType(),
    name: request.getName(),
    urn: request.getUrn(),
    opts: optionsOf(request.getOptions()),
    parent: request.getOptions()?.getParent() || undefined,
  };
  return makeResource(plain, propertiesOf(request));
}

/** A resource of the finished stack: its outputs, its links, and the inputs it was registered with. */
export function fromStack(
  message: messages.AnalyzerResource,
  inputs: ReadonlyMap<string, Resource>,
): Resource {
  const urn = message.getUrn();
  const propertyDependencies: Record<string, string[]> = {};
  for (const [property, urns] of message.getPropertydependenciesMap().entries()) {
    propertyDependencies[property] = urns.getUrnsList();
  }
  const outputs = propertiesOf(message);
  const plain: PlainResource = {
    type: message.getType(),
    name: message.getName(),
    urn,
    opts: optionsOf(message.getOptions()),
    parent: message.getParent() || undefined,
    provider: message.getProvider()?.getUrn() || undefined,
    dependencies: message.getDependenciesList(),
    propertyDependencies,
  };
  return makeResource(plain, inputs.get(urn)?.props.raw ?? outputs, outputs);
}

function propertiesOf(message: messages.AnalyzeRequest | messages.AnalyzerResource): unknown {
  return decode(message.getProperties()?.toJavaScript() ?? {}, false);
}

function optionsOf(options: messages.AnalyzerResourceOptions | undefined): ResourceOptions {
  if (options === undefined) return {};
  return { protect: options.getProtect(), ignoreChanges: options.getIgnorechangesList() };
}

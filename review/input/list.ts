import { asMap, parseJson } from "./json-file";
import { isEngineResource, type Plan, type PlannedResource } from "./plan";
import { InputError } from "./problem";
import { linksOf, texts } from "./resource-state";
import { maskSecrets } from "./secrets";

const REMEDY =
  'write a list such as [{"type": "aws:s3/bucket:Bucket", "name": "logs", "props": {}}]';

/** Reads resources written by hand or by another tool: `[{type, name, props, opts}]`. */
export function readList(text: string, file: string): Plan {
  const content = parseJson(text, file, REMEDY);
  if (!Array.isArray(content)) throw new InputError(`${file}: is not a list; ${REMEDY}.`);
  const resources = content
    .map((item: unknown, index) => readItem(item, `${file}: resource ${index + 1}`))
    .filter((resource) => !isEngineResource(resource.type));
  if (resources.length === 0) {
    throw new InputError(`${file}: holds no resources, so there is nothing to check; ${REMEDY}.`);
  }
  return { source: `resource list ${file}`, file, resources, markers: true, notes: [] };
}

function readItem(value: unknown, place: string): PlannedResource {
  const item = asMap(value);
  if (item === undefined) throw new InputError(`${place}: is not an object; ${REMEDY}.`);
  if (typeof item.type !== "string" || !/^[^:]+:[^:]*:[^:]+$/.test(item.type)) {
    throw new InputError(
      `${place}: "type" is not a type token such as aws:s3/bucket:Bucket; ${REMEDY}.`,
    );
  }
  if (item.name !== undefined && typeof item.name !== "string") {
    throw new InputError(`${place}: "name" is not a text; ${REMEDY}.`);
  }
  if (item.props !== undefined && item.props !== null && asMap(item.props) === undefined) {
    throw new InputError(`${place}: "props" is not an object; ${REMEDY}.`);
  }
  const { type, name = "" } = item as { type: string; name?: string };
  const urn = typeof item.urn === "string" ? item.urn : `urn:pulumi:plan::plan::${type}::${name}`;
  return {
    type,
    name,
    urn,
    custom: item.custom !== false,
    props: maskSecrets(item.props ?? {}),
    outputs: maskSecrets(item.outputs),
    id: typeof item.id === "string" ? item.id : undefined,
    opts: asMap(item.opts),
    parent: typeof item.parent === "string" ? item.parent : undefined,
    provider: typeof item.provider === "string" ? item.provider : undefined,
    dependencies: texts(item.dependencies),
    propertyDependencies: linksOf(item.propertyDependencies),
  };
}

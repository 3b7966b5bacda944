/** A resource as a preview's JSON tells it. */
export interface Resource {
  urn: string;
  type: string;
  custom: boolean;
  parent?: string;
  dependencies?: string[];
  inputs?: Record<string, unknown>;
  propertyDependencies?: Record<string, string[]>;
}

/** The part of `pulumi preview --json` that the generator reads. */
export interface Preview {
  steps: { newState?: Resource }[];
}

/** How the engine writes a value that is not known before the update. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The key under which an asset, an archive or a secret stands in an input. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Every resource of a preview but the stack itself, which every program has. */
export function resourcesOf(preview: Preview): Resource[] {
  return preview.steps.flatMap(({ newState }) =>
    newState && newState.type !== "pulumi:pulumi:Stack" ? [newState] : [],
  );
}

export const nameOf = ({ urn }: Resource): string => urn.slice(urn.lastIndexOf("::") + 2);

/**
 * An input as source text. What is unknown in a preview becomes the id of the resource it depends on, as a program would
 * write it; what cannot be written as data (an archive) becomes a small one of the same kind.
 */
export function literal(value: unknown, reference: string | undefined): string {
  if (value === UNKNOWN) return reference ?? '"unknown"';
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, reference)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (SIGNATURE in value) return special(value);
  const entries = Object.entries(value).filter(([key]) => key !== "__defaults");
  return `{ ${entries.map(([key, item]) => `${JSON.stringify(key)}: ${literal(item, reference)}`).join(", ")} }`;
}

function special(value: object): string {
  if ("assets" in value) {
    return 'new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("export {}") })';
  }
  return "text" in value ? 'new pulumi.asset.StringAsset("")' : 'pulumi.secret("generated")';
}

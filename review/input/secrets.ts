/** Key and value by which states mark a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** What `pulumi preview --json` shows in place of a secret, and the engine's placeholder of an unknown text. */
const SHOWN = "[secret]";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * Takes the values out of secrets, also where `--show-secrets` exported them in clear: rules see that a secret is set
 * and nothing else, so no output can hold one. Changes the parsed file itself, which nobody else reads.
 */
export function maskSecrets(value: unknown): unknown {
  if (value === SHOWN) return UNKNOWN;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) value[index] = maskSecrets(value[index]);
    return value;
  }
  const object = value as Record<string, unknown>;
  if (object[SIGNATURE] === SECRET) return { [SIGNATURE]: SECRET };
  for (const key of Object.keys(object)) {
    // Assigning this key would set the prototype instead of a property.
    if (key !== "__proto__") object[key] = maskSecrets(object[key]);
  }
  return object;
}

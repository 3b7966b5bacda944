import type { Reader, StoredSecret } from "./inventory";

/** What no grant of the stack shows. */
const BESIDES =
  "Beside these: whoever administers the account, and whoever can decrypt the stack's state.";

/** One line a secret. */
export function toList(secrets: readonly StoredSecret[]): string {
  const width = Math.max(...secrets.map(({ name }) => name.length));
  const lines = secrets.map(({ name, origin, readers }) => {
    const names = readers.map((reader) => reader.name).join(", ") || "nobody";
    return `${name.padEnd(width)}  ${origin}; read by ${names}`;
  });
  return `${lines.join("\n")}\n`;
}

/** Every reader with its variables and identities. */
export function toReaders(secrets: readonly StoredSecret[]): string {
  const blocks = secrets.map(({ name, origin, readers }) => {
    const lines = readers.map((reader) => `  ${reader.name}: ${words(reader)}`);
    return [`${name} (${origin})`, ...(lines.length > 0 ? lines : ["  nobody"])].join("\n");
  });
  return `${blocks.join("\n")}\n${BESIDES}\n`;
}

function words({ variables, identities }: Reader): string {
  const given =
    variables.length > 0 ? `as ${variables.join(", ")}` : "may read it, is not given it";
  return identities.length > 0 ? `${given}; identity ${identities.join(", ")}` : given;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Characters no XML document may hold, however they are written. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Halves of a character, which no encoding can write. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text as content or attribute of XML and HTML. */
export function escape(text: string): string {
  return text
    .replace(FORBIDDEN, "\ufffd")
    .replace(LONE, "\ufffd")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

import { randomInt } from "node:crypto";
import { select } from "./paths";
import type { Draft, Place, Rule } from "./table";
import type { Plain } from "./values";

const HEX = "0123456789abcdef";
const DIGITS = "0123456789";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

export function randomText(alphabet: string, length: number): string {
  let text = "";
  for (let index = 0; index < length; index++) text += alphabet[randomInt(alphabet.length)];
  return text;
}

export const randomHex = (length: number): string => randomText(HEX, length);
export const randomDigits = (length: number): string => randomText(DIGITS, length);
export const randomLetters = (length: number): string => randomText(LETTERS, length);

const RANDOM: Record<string, (length: number) => string> = {
  hex: randomHex,
  digits: randomDigits,
  letters: randomLetters,
};

/** Words a template may use; a draft has them all, an error text only some. */
export interface Words {
  id?: string;
  name?: string;
  logicalName?: string;
  value?: string;
  place?: Place;
  inputs?: Plain;
  outputs?: Plain;
}

/** Fill in a template of a table. A word that does not exist becomes empty: tables are tested by use. */
export function fill(template: string, words: Words): string {
  return template.replace(
    /\{([a-zA-Z]+)(?::(\d+))?(?:\.([^}]+))?\}/g,
    (whole, word, count, path) => {
      const random = RANDOM[word];
      if (count !== undefined && random !== undefined) return random(Number(count));
      if (path !== undefined) {
        const root = word === "in" ? words.inputs : word === "out" ? words.outputs : undefined;
        return root === undefined ? whole : text(select(root, path)[0]);
      }
      if (word === "id") return words.id ?? "";
      if (word === "name") return words.name ?? "";
      if (word === "logical") return words.logicalName ?? "";
      if (word === "value") return words.value ?? "";
      return words.place?.[word] ?? whole;
    },
  );
}

function text(value: unknown): string {
  return value === undefined || value === null || typeof value === "symbol" ? "" : String(value);
}

/** Value of an output rule. */
export function evaluate(rule: Rule, draft: Draft): Plain {
  if (typeof rule === "function") return rule(draft);
  return typeof rule === "string" ? fill(rule, draft) : rule;
}

import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { hashSync } from "bcryptjs";
import type { Draft, TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";
import { ADJECTIVES, NAMES } from "./pets";
import { randomString, shuffled, stringFailure } from "./text";

/** Everything a random value depends on makes a new one when it changes. */
const STRING_INPUTS = [
  ...["keepers", "length", "lower", "upper", "number", "numeric", "special", "overrideSpecial"],
  ...["minLower", "minUpper", "minNumeric", "minSpecial"],
];

const STRING: TypeTable = {
  // `number` is the older spelling of `numeric`; both are always set.
  defaults: {
    lower: true,
    upper: true,
    special: true,
    numeric: (inputs: Plain) => inputs.number ?? true,
    number: (inputs: Plain) => inputs.numeric ?? true,
    ...{ minLower: 0, minUpper: 0, minNumeric: 0, minSpecial: 0 },
  },
  replaceOn: STRING_INPUTS,
  validate: (inputs) => [stringFailure(inputs) ?? []].flat(),
};

export const types: Record<string, TypeTable> = {
  "random:index/randomPassword:RandomPassword": {
    ...STRING,
    id: "none",
    outputs: {
      result: (draft: Draft) => randomString(draft.inputs),
      // bcrypt reads 72 bytes at most.
      bcryptHash: (draft: Draft) => hashSync(draft.outputs.result.slice(0, 72), 4),
    },
    secrets: ["result", "bcryptHash"],
    importById: (id) => ({
      state: { result: id, length: id.length },
      inputs: { length: id.length },
    }),
  },
  "random:index/randomString:RandomString": {
    ...STRING,
    id: (draft) => draft.outputs.result ?? randomString(draft.inputs),
    outputs: { result: "{id}" },
    importById: (id) => ({
      state: { result: id, length: id.length },
      inputs: { length: id.length },
    }),
  },
  "random:index/randomId:RandomId": {
    replaceOn: ["keepers", "byteLength", "prefix"],
    id: (draft) => randomBytes(draft.inputs.byteLength).toString("base64url"),
    outputs: {
      b64Url: (draft: Draft) => prefixed(draft, draft.id),
      b64Std: (draft: Draft) => prefixed(draft, bytesOf(draft).toString("base64")),
      hex: (draft: Draft) => prefixed(draft, bytesOf(draft).toString("hex")),
      dec: (draft: Draft) =>
        prefixed(draft, BigInt(`0x${bytesOf(draft).toString("hex")}`).toString()),
    },
  },
  "random:index/randomBytes:RandomBytes": {
    replaceOn: ["keepers", "length"],
    id: "none",
    outputs: {
      base64: (draft: Draft) => randomBytes(draft.inputs.length).toString("base64"),
      hex: (draft: Draft) => Buffer.from(draft.outputs.base64, "base64").toString("hex"),
    },
    secrets: ["base64", "hex"],
  },
  "random:index/randomUuid:RandomUuid": {
    replaceOn: ["keepers"],
    id: () => randomUUID(),
    outputs: { result: "{id}" },
  },
  "random:index/randomUuid4:RandomUuid4": {
    replaceOn: ["keepers"],
    id: () => randomUUID(),
    outputs: { result: "{id}" },
  },
  "random:index/randomInteger:RandomInteger": {
    replaceOn: ["keepers", "min", "max", "seed"],
    id: (draft) => String(randomInt(draft.inputs.min, draft.inputs.max + 1)),
    outputs: { result: (draft: Draft) => Number(draft.id) },
    validate: ({ min, max }) =>
      typeof min === "number" && typeof max === "number" && min > max
        ? [{ property: "min", reason: `the minimum (${min}) is above the maximum (${max})` }]
        : [],
  },
  "random:index/randomPet:RandomPet": {
    defaults: { length: 2, separator: "-" },
    replaceOn: ["keepers", "length", "prefix", "separator"],
    id: (draft) => petName(draft.inputs),
  },
  "random:index/randomShuffle:RandomShuffle": {
    replaceOn: ["keepers", "inputs", "resultCount", "seed"],
    id: "-",
    outputs: { results: (draft: Draft) => shuffleOf(draft.inputs) },
  },
};

function bytesOf(draft: Draft): Buffer {
  return Buffer.from(draft.id, "base64url");
}

function prefixed(draft: Draft, text: string): string {
  return `${draft.inputs.prefix ?? ""}${text}`;
}

function petName({ prefix, length, separator }: Plain): string {
  const adjectives = shuffled(ADJECTIVES).slice(0, Math.max(0, length - 1));
  const words = [...adjectives, shuffled(NAMES)[0]];
  return [...(prefix === undefined ? [] : [prefix]), ...words].join(separator);
}

/** More results than inputs go round again, each round in an order of its own. */
function shuffleOf({ inputs, resultCount }: Plain): string[] {
  const count = resultCount ?? inputs.length;
  const results: string[] = [];
  while (inputs.length > 0 && results.length < count) results.push(...shuffled(inputs as string[]));
  return results.slice(0, count);
}

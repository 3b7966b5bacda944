import { scriptOf } from "../../providers/aws/host-document";
import type { Deployed, Properties } from "../support/deployed";

/** What a release script tells Docker to run, read back from the deployed document. */
export interface ToldContainer {
  readonly name: string;
  /** Options of `docker create`, in their order: name and value. */
  readonly options: readonly (readonly [string, string])[];
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Networks, those it is connected to afterwards included. */
  readonly networks: readonly string[];
}

export function releaseScriptOf(stack: Deployed, host: string): string {
  const { inputs } = stack.one("aws:ssm/document:Document", `${host}-release`);
  return scriptOf(inputs["content"] as string);
}

/** The first boot of the machine. */
export function setupScriptOf(stack: Deployed, host: string): string {
  const { inputs } = stack.one("aws:ec2/launchTemplate:LaunchTemplate", `${host}-machine`);
  return Buffer.from(inputs["userData"] as string, "base64").toString("utf8");
}

/** Options without a value. */
const FLAGS = new Set(["--read-only"]);

export function toldContainers(script: string): Readonly<Record<string, ToldContainer>> {
  const commands = script.matchAll(/^docker create \\\n([^]*?) > \/dev\/null$/gm);
  const all = [...commands].map(([, text = ""]) => {
    const words = shellWords(text);
    const options: [string, string][] = [];
    for (let at = 0; words[at]?.startsWith("--"); at += 1) {
      const name = words[at] as string;
      options.push([name.slice(2), FLAGS.has(name) ? "" : (words[(at += 1)] as string)]);
    }
    const values = (wanted: string): string[] =>
      options.filter(([option]) => option === wanted).map(([, value]) => value);
    const pairs = (wanted: string): Record<string, string> =>
      Object.fromEntries(
        values(wanted).map((pair) => {
          const at = pair.indexOf("=");
          return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
        }),
      );
    const name = values("name")[0] ?? "";
    const connected = [...script.matchAll(/^docker network connect '([^']+)' '([^']+)'$/gm)];
    const others = connected
      .filter(([, , each]) => each === name)
      .map(([, network = ""]) => network);
    return {
      ...{ name, options, env: pairs("env"), labels: pairs("label") },
      networks: [...values("network"), ...others],
    };
  });
  return Object.fromEntries(all.map((each) => [each.name, each]));
}

/** Words of a command: quotes of both kinds, and line ends that go on. */
function shellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const [part] of text.matchAll(/\\\n|\\'|'[^']*'|"[^"]*"|\s+|[^\s'"\\]+|\\./g)) {
    if (/^\s+$/.test(part) || part === "\\\n") {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (part.startsWith("\\")) word = (word ?? "") + part.slice(1);
    else if (/^['"]/.test(part)) word = (word ?? "") + part.slice(1, -1);
    else word = (word ?? "") + part;
  }
  return word === undefined ? words : [...words, word];
}

/** Configuration of the proxy before the entry. */
export function hostFrontOf(containers: Readonly<Record<string, ToldContainer>>): Properties {
  const config = containers["portolan-front"]?.env["FRONT_CONFIG"];
  if (config === undefined) throw new Error("the host has no front");
  return JSON.parse(config) as Properties;
}

import type { How } from "../../components/builder";
import { CLOUDS, type Cloud } from "../../components/cloud";
import type { PlatformBuilders } from "../../components/platform";
import { loadPlatform } from "../../providers/load";

export const target = "docs/parity.md";

type Builders = Readonly<Record<Cloud, PlatformBuilders>>;
type Described = Readonly<Record<string, How>>;

/** The page of what each cloud does with each option, made from the builders' own words. */
export async function render(): Promise<string> {
  const environment = { stack: "docs", system: "docs", profile: "prod", protected: true } as const;
  const [aws, azure, gcp, docker] = await Promise.all([
    loadPlatform("aws", environment),
    loadPlatform("azure", environment),
    loadPlatform("gcp", environment),
    loadPlatform("docker", environment),
  ]);
  const builders: Builders = { aws, azure, gcp, docker };
  const names = Object.keys(aws).filter(
    (key): key is Exclude<keyof PlatformBuilders, "cloud"> =>
      key !== "cloud" && key !== "environment",
  );
  const sections = names.map((name) => {
    const described = ofEach((cloud) => builders[cloud][name].describe as Described);
    return section(title(name), "option", described);
  });
  const signals = section(
    "Signals",
    "signal",
    ofEach((cloud) => builders[cloud].alarms.signals as Described),
  );
  return `${[INTRODUCTION, ...sections, signals].join("\n\n")}\n`;
}

const INTRODUCTION = `# Parity

<!-- Generated from the builders in providers/ by npm run docs. -->

What each target does with each option of each component, in the words of the code that does it. **Refused** options are
refused by name before anything is registered, with the reason that stands here. **Accepted** ones ask for something that a
target cannot give and does not need to refuse: the reason stands here, and where it matters in a warning of the update.`;

const ofEach = (described: (cloud: Cloud) => Described): Readonly<Record<Cloud, Described>> =>
  Object.fromEntries(CLOUDS.map((cloud) => [cloud, described(cloud)])) as Record<Cloud, Described>;

const title = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function section(name: string, subject: string, of: Readonly<Record<Cloud, Described>>): string {
  const absent = CLOUDS.flatMap((cloud) => {
    const why = absence(of[cloud]);
    return why === undefined ? [] : [{ cloud, why }];
  });
  const shown = CLOUDS.filter((cloud) => absent.every((each) => each.cloud !== cloud));
  const options = Object.keys(of[shown[0] ?? "aws"]);
  const rows = options.map((option) => [
    `\`${option}\``,
    ...shown.map((cloud) => words(of[cloud][option])),
  ]);
  return [
    `## ${name}`,
    ...absent.map(({ cloud, why }) => `Refused on ${cloud} as a whole: ${why}.`),
    table([subject, ...shown], rows),
  ].join("\n\n");
}

/** The reason why a cloud has a component not at all: all of its options are refused for it. */
function absence(described: Described): string | undefined {
  const reasons = Object.values(described).map((how) =>
    typeof how === "string" ? "" : how.unsupported,
  );
  return new Set(reasons).size === 1 && reasons[0] !== "" && reasons.length > 1
    ? reasons[0]
    : undefined;
}

function words(how: How | undefined): string {
  if (how === undefined) return "";
  const text = typeof how === "string" ? how : `**refused**: ${how.unsupported}`;
  return text
    .replace(/^accepted\b/, "**accepted**")
    .replaceAll("|", "\\|")
    .replaceAll("\n", " ");
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

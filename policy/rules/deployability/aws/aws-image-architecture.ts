import { containersOf } from "../../../lib/containers/containers";
import { TASK } from "../../../lib/deployability/aws/types";
import { IMAGE_BUILDS, platformsOf } from "../../../lib/deployability/image-builds";
import { about, cannotTell } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

/** What runs images on one architecture only. */
const AMD64_ONLY = [
  "azure-native:app:ContainerApp",
  "azure-native:app:Job",
  "gcp:cloudrunv2/service:Service",
  "gcp:cloudrunv2/job:Job",
  "gcp:cloudrun/service:Service",
];

export const rule = deployability({
  id: "aws-image-architecture",
  title: "An image is built for the architecture it runs on",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "The container exits at once: exec format error; or CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'.",
  },
  fix: 'Set build.platform (platforms of docker-build) to "linux/amd64", or to "linux/arm64" where cpuArchitecture is ARM64: without it the machine that builds decides.',
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html",
  checkStack: {
    types: [TASK, ...AMD64_ONLY],
    run: (graph) =>
      graph.ofType(...IMAGE_BUILDS).length === 0
        ? []
        : graph.ofType(TASK, ...AMD64_ONLY).flatMap((runner) =>
            about(
              runner,
              containersOf(runner).containers.flatMap(({ image, label }) =>
                checkImage(graph, runner, image, label),
              ),
            ),
          ),
  },
});

function checkImage(graph: Graph, runner: Resource, image: Value, label: string): Report[] {
  const [built] = graph.links(runner, image, IMAGE_BUILDS).resources;
  if (built === undefined) return [];
  const wanted = platformOf(runner);
  if (typeof wanted !== "string") return [{ ...undecided(wanted), path: image.path }];
  const platforms = platformsOf(built);
  if (platforms === undefined)
    return [
      cannotTell(image, `${built.name} is only pushed, so nothing says what it was built for`),
    ];
  if (!Array.isArray(platforms)) return [{ ...undecided(platforms as Value), path: image.path }];
  if (platforms.length === 0)
    return [
      violation(
        image,
        `${built.name} is built for whatever machine builds it, ${label} runs on ${wanted}`,
      ),
    ];
  const known = platforms as readonly string[];
  if (known.some((platform) => normalised(platform) === wanted)) return [];
  return [
    violation(image, `${built.name} is built for ${known.join(", ")}, ${label} runs on ${wanted}`),
  ];
}

/** The platform tasks run on: Linux on x86-64 unless they say otherwise. */
function platformOf(runner: Resource): string | Value {
  if (runner.type !== TASK) return "linux/amd64";
  const platform = runner.at("runtimePlatform");
  const architecture = platform.at("cpuArchitecture");
  const system = platform.at("operatingSystemFamily");
  const [unknown] = [architecture, system].filter((value) => value.unknown);
  if (unknown !== undefined) return unknown;
  const os = /^windows/i.test(system.text ?? "") ? "windows" : "linux";
  return `${os}/${architecture.isWord("ARM64") ? "arm64" : "amd64"}`;
}

/** Without the variant, and by the names the registries use. */
function normalised(platform: string): string {
  const [os = "", architecture = ""] = platform.toLowerCase().split("/");
  const names: Readonly<Record<string, string>> = { x86_64: "amd64", aarch64: "arm64" };
  return `${os}/${names[architecture] ?? architecture}`;
}

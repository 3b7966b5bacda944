import { ofEach } from "../../../lib/deployability/each";
import { REPOSITORY, WORKLOADS } from "../../../lib/deployability/gcp/types";
import { containersOf } from "../../../lib/deployability/gcp/workloads";
import { deployability } from "../../../lib/deployability/rule";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const HOST = /^(docker\.io|([a-z0-9-]+\.)?gcr\.io|[a-z0-9-]+-docker\.pkg\.dev)$/;

export const rule = deployability({
  id: "gcp-image-path-and-access",
  title: "Images for Cloud Run come from a registry it pulls from, and wait for their repository",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400: Expected an image path like [host/]repo-path[:tag and/or @digest], where host is one of [region.]gcr.io, [region-]docker.pkg.dev or docker.io.",
  },
  fix: "Push the image to Artifact Registry (or use a remote repository there), and take its name from the build or the repository, so that the service waits for it.",
  source: "https://cloud.google.com/run/docs/deploying",
  check: forTypes(WORKLOADS, (workload) =>
    containersOf(workload).flatMap((container): Report[] => {
      const image = container.at("image");
      const text = image.text ?? image.prefix;
      const [host = "", ...rest] = text.split("/");
      const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(host);
      if (image.unknown && rest.length === 0) return [];
      return hasHost && !HOST.test(host)
        ? [
            {
              ...violation(image, `Cloud Run does not pull from ${host}`),
              answer: `400: Expected an image path like [host/]repo-path[:tag and/or @digest], where host is one of [region.]gcr.io, [region-]docker.pkg.dev or docker.io but obtained ${text}.`,
            },
          ]
        : [];
    }),
  ),
  checkStack: ofEach(WORKLOADS, (workload, graph) =>
    containersOf(workload).flatMap((container): Report[] => {
      const image = container.at("image");
      const repository = graph
        .ofType(REPOSITORY)
        .find((one) => (image.text ?? "").startsWith(`${pathOf(one) ?? "\0"}/`));
      if (image.unknown) return graph.links(workload, image).complete ? [] : [undecided(image)];
      if (repository === undefined || graph.closure(workload).has(repository)) return [];
      return [
        {
          ...violation(
            image,
            `nothing makes it wait for ${repository.name}, which holds the image`,
          ),
          answer: `Image '${image.text}' not found.`,
        },
      ];
    }),
  ),
});

/** `<location>-docker.pkg.dev/<project>/<repository>`, where all of it is known. */
function pathOf(repository: Resource): string | undefined {
  const project = repository.at("project").text ?? repository.outputs.at("project").text;
  const [location, id] = [repository.at("location").text, repository.at("repositoryId").text];
  return location && id && project ? `${location}-docker.pkg.dev/${project}/${id}` : undefined;
}

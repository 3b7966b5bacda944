import { imageOf, imageParts, runs } from "../../../lib/deployability/docker/containers";
import { CONTAINER } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { storeIn } from "../../../lib/reachability/docker/images";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "docker-postgres-password",
  title: "A PostgreSQL container is given a password, and asks for it",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "Error: Database is uninitialized and superuser password is not specified. The container exits.",
  },
  fix: "Set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE, and leave POSTGRES_HOST_AUTH_METHOD alone; once the volume holds data the password is changed in the database, not here.",
  source: "https://hub.docker.com/_/postgres",
  checkStack: ofEach([CONTAINER], (container, graph): Report[] => {
    const { name } = imageParts(imageOf(graph, container) ?? "");
    const isPostgres = /^(postgres|postgis|pgvector|timescaledb)$/.test(name);
    if (!isPostgres || !runs(container) || storeIn(graph, container, container.props) === undefined)
      return [];
    const envs = container.at("envs");
    const lines = envs.each.map(({ text, prefix, unknown }) => ({ text: text ?? prefix, unknown }));
    const trusts = envs.each.find(({ text }) =>
      /^POSTGRES_HOST_AUTH_METHOD=trust$/.test(text ?? ""),
    );
    if (trusts !== undefined)
      return [
        {
          ...violation(trusts, "POSTGRES_HOST_AUTH_METHOD=trust lets everybody in"),
          answer: "the database takes every client without a password.",
        },
      ];
    const hasPassword = lines.some(({ text, unknown }) =>
      (unknown ? /^POSTGRES_PASSWORD(_FILE)?=/ : /^POSTGRES_PASSWORD(_FILE)?=./).test(text),
    );
    if (hasPassword) return [];
    const open = envs.unknown || lines.some(({ text, unknown }) => unknown && !text.includes("="));
    if (open) return [undecided(envs)];
    return [violation(envs, "no POSTGRES_PASSWORD is set")];
  }),
});

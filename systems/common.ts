import type { GeneratedSecret } from "../components/secret-bundle";
import type { ImageSource, ImageSpec } from "../components/image";
import type { PostgresConnection, RedisConnection, SecretDescription } from "../components/system";
import type { DescribeInput } from "./load";
import * as pulumi from "@pulumi/pulumi";

type Input = DescribeInput<unknown>;

/** An image of the system, as the stack's configuration names it, or by default. */
export function image(
  input: Input,
  name: string,
  repository: string,
  options: { default?: ImageSource; buildArgs?: Record<string, string> } = {},
): ImageSpec {
  const given = input.stack.images[name];
  if (given === undefined) {
    if (options.default) return { repository, source: options.default };
    input.problems.add(
      `portolan:images.${name}`,
      `is missing; set it with \`pulumi config set --path portolan:images.${name} 0.1.0\``,
    );
    return { repository, source: { kind: "version", version: "0" } };
  }
  if (typeof given === "string") return { repository, source: { kind: "version", version: given } };
  if ("digest" in given) return { repository, source: { kind: "digest", ...given } };
  if ("reference" in given) return { repository, source: { kind: "reference", ...given } };
  const { version } = given;
  // What a release has built and pushed is to the update a version like others.
  if (given.build === undefined || given.build.during === "release") {
    return { repository, source: { kind: "version", version } };
  }
  const { during: _update, ...build } = given.build;
  const args = options.buildArgs ? { args: options.buildArgs } : {};
  return { repository, source: { kind: "build", version, ...build, ...args } };
}

/** The image with `psql` that bootstrap jobs run. */
export function postgresClient(input: Input): ImageSpec {
  return image(input, "postgres-client", "postgres-client", {
    default: {
      kind: "reference",
      reference: "public.ecr.aws/docker/library/postgres:16.10-alpine",
    },
  });
}

/** Images that nobody asked for are typing errors: their setting would do nothing. */
export function refuseUnknownNames(
  input: Input,
  known: { images: readonly string[]; secrets: readonly string[]; rotated: readonly string[] },
): void {
  const { images, secrets, existingSecrets, rotations } = input.stack;
  const check = (setting: string, given: object, names: readonly string[]): void => {
    for (const name of Object.keys(given).filter((name) => !names.includes(name))) {
      input.problems.add(
        `portolan:${setting}.${name}`,
        `is not known to ${input.stack.system}; there are: ${names.join(", ") || "none"}`,
      );
    }
  };
  check("images", images, known.images);
  check("secrets", secrets, known.secrets);
  check("existingSecrets", existingSecrets, known.secrets);
  check("rotations", rotations, known.rotated);
  for (const name of Object.keys(secrets).filter((name) => name in existingSecrets)) {
    input.problems.add(
      `portolan:secrets.${name}`,
      "is given as a value and as an existing entry; keep one of the two",
    );
  }
}

/** A secret only the operator knows, if it was given in either form. */
export function operatorSecret(input: Input, name: string): SecretDescription | undefined {
  const id = input.stack.existingSecrets[name];
  if (id !== undefined) return { kind: "existing", id };
  const value = input.stack.secrets[name];
  if (value === undefined) return undefined;
  return { kind: "value", value: () => pulumi.secret(value) };
}

/** A secret only the operator knows and without which the application does not start. */
export function requiredSecret(input: Input, name: string): SecretDescription {
  const given = operatorSecret(input, name);
  if (given) return given;
  const path = `portolan:secrets.${name}`;
  input.problems.add(path, `is missing; set it with \`pulumi config set --secret --path ${path}\``);
  return { kind: "value", value: () => "" };
}

/** A generated secret that may be rotated by a label in `portolan:rotations`. */
export function rotating(
  input: Input,
  name: string,
  shape: Pick<GeneratedSecret, "bytes" | "encoding">,
): GeneratedSecret {
  const generation = input.stack.rotations[name];
  return {
    kind: "generated",
    ...shape,
    rotation: "allowed",
    ...(generation === undefined ? {} : { generation }),
  };
}

/** A generated secret that must never change, and the reason that people who try are told. */
export const fixed = (
  why: string,
  shape: Pick<GeneratedSecret, "bytes" | "encoding">,
): GeneratedSecret => ({ kind: "generated", ...shape, rotation: "never", why });

/** `postgresql://` URL of a database's owner. */
export function postgresUrl(
  { user, password, host, port, database }: PostgresConnection,
  query: string,
  scheme = "postgresql",
): pulumi.Output<string> {
  return pulumi.interpolate`${scheme}://${user}:${password}@${host}:${port}/${database}?${query}`;
}

/** The same database as one of its further logins. */
export function asRole(connection: PostgresConnection, role: string): PostgresConnection {
  const password = connection.roles[role];
  if (!password) throw new Error(`there is no login "${role}" in the database`);
  return { ...connection, user: role, password };
}

/** `rediss://` URL: TLS and password, always. */
export function redisUrl({ password, host, port }: RedisConnection): pulumi.Output<string> {
  return pulumi.interpolate`rediss://:${password}@${host}:${port}/0`;
}

import * as pulumi from "@pulumi/pulumi";
import { PURPOSES, subjectOf } from "./github";

/** What Google takes as the subject of an identity. */
const LONGEST_SUBJECT = 127;

export const CLOUDS = ["aws", "azure", "gcp"] as const;
export type Cloud = (typeof CLOUDS)[number];

export interface Settings {
  readonly cloud: Cloud;
  /** `acme/shop`, or with the numbers that GitHub gives names which may change hands: `acme@1/shop@2`. */
  readonly repository: string;
  readonly stacks: readonly string[];
}

/** Reads the configuration and says everything that is wrong with it at once. */
export function readSettings(): Settings {
  const config = new pulumi.Config();
  const cloud = config.require("cloud") as Cloud;
  const repository = config.require("repository");
  const stacks = config.requireObject<unknown>("stacks");
  const problems: string[] = [];
  if (!CLOUDS.includes(cloud)) {
    problems.push(`portolan-ci:cloud: "${cloud}" is not offered; use one of ${CLOUDS.join(", ")}`);
  }
  if (!/^[\w.-]+(@\d+\/[\w.-]+@\d+|\/[\w.-]+)$/.test(repository)) {
    problems.push(
      `portolan-ci:repository: "${repository}" is no repository; write owner@1/name@2, or owner/name for one from before June 2026`,
    );
  }
  const named = Array.isArray(stacks) && stacks.length > 0;
  if (!named || stacks.some((each) => !/^[a-z][a-z0-9-]{0,15}$/.test(String(each)))) {
    problems.push(
      "portolan-ci:stacks: is no list of stack names; up to 16 lower-case letters, digits and hyphens each",
    );
  }
  if (cloud === "gcp" && named) {
    const subjects = stacks.flatMap((stack) =>
      PURPOSES.map((purpose) => subjectOf(repository, purpose, String(stack))),
    );
    const long = subjects.find((subject) => subject.length > LONGEST_SUBJECT);
    if (long !== undefined) {
      problems.push(
        `portolan-ci:stacks: ${long} has ${long.length} characters, and Google takes ${LONGEST_SUBJECT}; shorten the stack's name`,
      );
    }
  }
  if (problems.length > 0) throw new pulumi.RunError(problems.join("\n"));
  return { cloud, repository, stacks: stacks as string[] };
}

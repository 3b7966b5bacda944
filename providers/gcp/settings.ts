import * as pulumi from "@pulumi/pulumi";
import type { Problems } from "../../components/errors";

/** Where the stack lives. Read from Pulumi's own provider configuration, so it is said once. */
export interface Settings {
  /** Project id, e.g. `acme-policy-staging`. */
  readonly project: string;
  /** Region of everything that is not global, e.g. `europe-west1`. */
  readonly region: string;
}

const PROJECT = /^([a-z][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
const REGION = /^[a-z]+-[a-z]+[0-9]{1,2}$/;

/** Reports settings that are missing or cannot be right. */
export function checkSettings(problems: Problems): void {
  const { project, region } = given();
  if (!project || !PROJECT.test(project)) {
    problems.add(
      "gcp:project",
      `${said(project)} is no project id; set it with \`pulumi config set gcp:project my-project\``,
    );
  }
  if (!region || !REGION.test(region)) {
    problems.add(
      "gcp:region",
      `${said(region)} is no region; set it with \`pulumi config set gcp:region europe-west1\``,
    );
  }
}

/** The settings, after `checkSettings` has found nothing wrong. */
export function settings(): Settings {
  const { project, region } = given();
  if (!project || !region) throw new Error("gcp:project and gcp:region are not set");
  return { project, region };
}

/** What is set, also when it is not enough: for checks, which report and go on. */
export function given(): Partial<Settings> {
  const config = new pulumi.Config("gcp");
  const project = config.get("project");
  const region = config.get("region");
  return { ...(project ? { project } : {}), ...(region ? { region } : {}) };
}

const said = (value: string | undefined): string => (value ? `"${value}"` : "nothing");

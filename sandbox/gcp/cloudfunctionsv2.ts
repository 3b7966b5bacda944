import type { TypeTable } from "../lib/table";
import { regionalIamMember, named } from "./shared";

const FUNCTION = "gcp:cloudfunctionsv2/function:Function";

export const types: Record<string, TypeTable> = {
  [FUNCTION]: {
    name: named(63),
    id: "projects/{project}/locations/{region}/functions/{name}",
    replaceOn: ["location"],
    outputs: {
      url: "https://{region}-{project}.cloudfunctions.net/{name}",
      state: "ACTIVE",
      environment: "GEN_2",
      updateTime: () => new Date().toISOString(),
    },
    seconds: 120,
    missing: "googleapi: Error 404: Resource '{value}' was not found",
  },
  "gcp:cloudfunctionsv2/functionIamMember:FunctionIamMember": regionalIamMember(
    "cloudFunction",
    `${FUNCTION}|${FUNCTION}#name`,
  ),
};

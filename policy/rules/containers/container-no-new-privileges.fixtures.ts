import { resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const docker = (securityOpts: unknown) =>
  resource("docker:index/container:Container", { securityOpts });

export const fixtures: Fixtures = {
  good: [docker(["no-new-privileges:true"]), docker(["no-new-privileges", unknown])],
  bad: [docker([]), docker(["no-new-privileges:false"])],
  missing: [violates(docker(undefined))],
  unknown: [docker(unknown), docker([unknown])],
  wrongType: [violates(docker(5))],
};

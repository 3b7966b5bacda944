import type { Config } from "./live-stack";

/** Stack file entry of LatticePolicy's stand-ins. */
export const latticePolicyImages = (api: string): Config => ({
  "portolan:images": {
    api,
    // The API's address is compiled into the page, so that it is built for the stack.
    ui: {
      version: "0.1.0-live",
      build: {
        context: "test/live/apps",
        dockerfile: "test/live/apps/lattice-policy-ui/Dockerfile",
      },
    },
  },
});

import type Docker from "dockerode";
import { clientOf } from "../../../scripts/live/engine";

/** The engine's address; tests run through `npm run test:live`, which finds or starts one. */
export function host(): string {
  const { PORTOLAN_LIVE_HOST: named } = process.env;
  if (named === undefined) throw new Error("run the live tests with npm run test:live");
  return named;
}

let client: Docker | undefined;

export const docker = (): Docker => (client ??= clientOf(host()));

/** File of the host that an engine on this machine listens at. */
export const socketPath = process.env.PORTOLAN_LIVE_HOST?.replace(/^unix:\/\//, "") ?? "";

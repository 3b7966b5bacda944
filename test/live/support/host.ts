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

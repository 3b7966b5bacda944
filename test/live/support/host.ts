import type Docker from "dockerode";
import { clientOf } from "../../../scripts/live/engine";

/** Set by `npm run test:live`: the engine, or the reason why there is none. */
const { PORTOLAN_LIVE_HOST: HOST, PORTOLAN_LIVE_SKIP: SKIP } = process.env;

/** The engine's address; tests run through `npm run test:live`, which finds or starts one. */
export function host(): string {
  if (HOST === undefined) throw new Error("run the live tests with npm run test:live");
  return HOST;
}

let client: Docker | undefined;

export const docker = (): Docker => (client ??= clientOf(host()));

/** Tests that need an engine; skipped, never passed, where there is none. */
export const onEngine: jest.Describe = SKIP === undefined ? describe : describe.skip;

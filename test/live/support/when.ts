/** Set by `npm run test:live`: the engine, or the reason why there is none. */
const { PORTOLAN_LIVE_HOST: HOST, PORTOLAN_LIVE_SKIP: SKIP } = process.env;

/** Tests that need an engine; skipped, never passed, where there is none. */
export const onEngine: jest.Describe = SKIP === undefined ? describe : describe.skip;

const OWN_MACHINE = process.platform === "linux" && HOST?.startsWith("unix:");

/** Tests that the engine has to reach: it must run on this machine. */
export const onOwnEngine: jest.Describe =
  SKIP === undefined && OWN_MACHINE ? describe : describe.skip;

/** Tests that reach around the engine, to its processes and networks: only root on its machine can. */
export const besideEngine: jest.It = OWN_MACHINE && process.getuid?.() === 0 ? test : test.skip;

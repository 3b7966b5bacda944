import { note, timed } from "../support/figures";
import type { LiveStack } from "../support/live-stack";
import { raised } from "../support/alarm";
import { SmallDisk } from "../support/small-disk";
import { besideEngine } from "../support/when";

export interface DiskFacts {
  readonly database: string;
  /** Writes a record that big by way of the application and gives its key; fails when it is refused. */
  readonly write: (bytes: number) => Promise<string>;
  /** Whether the application finds the record of a key. */
  readonly has: (key: string) => Promise<boolean>;
  /** Ends when everything answers as it should. */
  readonly well: () => Promise<void>;
}

const MEBIBYTES = 256;
const RECORD = 2 ** 20;

/** A host whose disk is full, as far as its database is concerned. */
export function fullDisk(stack: LiveStack, { database, write, has, well }: DiskFacts): void {
  describe("a full disk", () => {
    besideEngine(
      "refuses what it cannot keep, keeps what it took, and raises the alarm",
      async () => {
        await well();
        const volume = stack.hostName(`${database}-data`);
        const { Id } = await stack.container(database);
        const disk = await SmallDisk.under(Id, volume, MEBIBYTES);
        try {
          await well();
          const before = await write(RECORD);
          disk.fill();
          const taken: string[] = [];
          const refusal = async (): Promise<string> => {
            for (let count = 0; count < MEBIBYTES; count += 1) {
              try {
                taken.push(await write(RECORD));
              } catch (error) {
                return String(error);
              }
            }
            return "everything was taken";
          };
          expect(await refusal()).toMatch(/answered 5\d\d/);
          expect(await has(before)).toBe(true);
          expect(await raised(stack, { kind: "disk" }, volume)).toMatchObject({ state: "firing" });

          // Nobody restarts anything: room is all it takes.
          disk.free();
          const { seconds } = await timed(async () => {
            await well();
            await write(RECORD);
          });
          note("fault: full disk, from when there is room again", { seconds });
          for (const key of [before, ...taken]) expect([key, await has(key)]).toEqual([key, true]);
        } finally {
          await disk.close();
        }
        await well();
      },
    );
  });
}

import { hostname } from "node:os";
import { JournalStore } from "../../release/journal";
import { asked, FakeClock, FakePlace } from "./fakes";

const DEAD = 2 ** 22 + 1;
const clock = new FakeClock();
const claimed = (claim: Partial<{ host: string; pid: number; beat: string }>): FakePlace => {
  const place = new FakePlace();
  const beat = clock.now().toISOString();
  place.journal = {
    releases: [],
    claim: { release: "r3", host: "runner-7", pid: 12, beat, ...claim },
  };
  return place;
};

test("a second release at the same time is refused and names the first", async () => {
  const store = new JournalStore(claimed({}), clock);
  await expect(store.claim("r4", false)).rejects.toThrow(
    /r3 is under way \(process 12 on runner-7/,
  );
});

test.each([
  ["of this machine that is dead", { host: hostname(), pid: DEAD }, false],
  ["of another machine, silent for long", { beat: "2026-11-25T11:00:00Z" }, false],
  ["that a person says is dead", {}, true],
])("the claim of a process %s is taken over", async (_which, claim, takeOver) => {
  const place = claimed(claim);
  const dead = await new JournalStore(place, clock).claim("r4", takeOver);
  expect(dead).toMatchObject({ release: "r3" });
  expect(place.journal?.claim).toMatchObject({ release: "r4", pid: process.pid });
});

test("nothing is written once somebody else has the claim", async () => {
  const place = new FakePlace();
  const store = new JournalStore(place, clock);
  await store.claim("r1", false);
  await store.put(asked());
  place.journal = { ...claimed({}).journal, releases: [] };
  await clock.sleep(60_000);
  await expect(store.put(asked())).rejects.toThrow("process 12 on runner-7 has taken r3 over");
  expect(place.journal.releases).toEqual([]);
});

test("a release is written over, others are kept, and the claim ends", async () => {
  const place = new FakePlace();
  const store = new JournalStore(place, clock);
  await store.claim("r2", false);
  await store.put(asked());
  await store.put(asked({ id: "r2" }));
  await store.put(asked({ id: "r2", percent: 50 }));
  await store.free();
  expect(place.journal).toEqual({ releases: [asked(), asked({ id: "r2", percent: 50 })] });
});

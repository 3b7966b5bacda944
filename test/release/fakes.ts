import type { Alarm, Driver, Revision, Services } from "../../release/driver";
import type { Engine, Wanted } from "../../release/engine";
import { ReleaseError } from "../../release/error";
import { JournalStore, type JournalPlace } from "../../release/journal";
import type { Machine } from "../../release/machine";
import type { Journal, Release } from "../../release/record";
import type { Event } from "../../release/report/event";

export const OLD = `sha256:${"0".repeat(64)}`;
export const NEW = `sha256:${"1".repeat(64)}`;

const revision = (name: string, digest: string, percent: number, newest: boolean): Revision => ({
  ...{ name, digest, percent, newest, image: `registry.example/api@${digest}`, healthy: "yes" },
});

/** One service on a cloud of a few lines: what a release did to it, in order. */
export class FakeCloud implements Driver, Engine {
  readonly cloud = "gcp";
  readonly pins = true;
  readonly calls: string[] = [];
  /** Calls that fail, by their name, until it is removed. */
  readonly broken = new Set<string>();
  raised: Alarm[] = [];
  services: Services = { api: { name: "api-1", revisions: [revision("one", OLD, 100, true)] } };

  #call(name: string): void {
    this.calls.push(name);
    if (this.broken.has(name)) throw new ReleaseError(`${name} is broken`);
  }

  check = async (): Promise<void> => this.#call("check");
  observe = async (): Promise<Services> => this.services;
  digestOf = async (): Promise<string> => NEW;
  imageEngine = async (): Promise<{ push: true }> => ({ push: true });

  async stage(): Promise<void> {
    this.#call("stage");
    this.#set(100);
  }

  async shift(_wanted: Wanted, _before: Services, percent: number): Promise<void> {
    this.#call(`shift ${percent}`);
    this.#set(100 - percent);
  }

  async settle({ images, jobs }: Wanted): Promise<void> {
    this.#call(`settle ${JSON.stringify(images)} ${jobs}`);
    const isOld = JSON.stringify(images).includes("0.1.0");
    this.services = {
      api: {
        name: "api-1",
        revisions: [revision(isOld ? "three" : "two", isOld ? OLD : NEW, 100, true)],
      },
    };
  }

  async takeBack(): Promise<void> {
    this.#call("take back");
    this.#set(100);
  }

  alarms = async (): Promise<readonly Alarm[]> => this.raised;
  entrance = async (): Promise<undefined> => undefined;
  stack = (): Promise<never> => Promise.reject(new Error("no stack here"));
  preview = async (): Promise<void> => this.#call("preview");
  refresh = async (): Promise<void> => this.#call("refresh");
  up = async (): Promise<void> => this.#call("up");
  start = (): Promise<never> => Promise.reject(new Error("not of this cloud"));

  #set(old: number): void {
    this.services = {
      api: {
        name: "api-1",
        revisions: [revision("two", NEW, 100 - old, true), revision("one", OLD, old, false)],
      },
    };
  }
}

/** A journal in memory. */
export class FakePlace implements JournalPlace {
  journal: Journal | undefined;
  read = async (): Promise<Journal | undefined> => this.journal;
  write = async (journal: Journal): Promise<void> => {
    this.journal = journal;
  };
}

/** Time that passes only when somebody waits. */
export class FakeClock {
  time = Date.parse("2026-11-25T12:00:00Z");
  now = (): Date => new Date(this.time);
  sleep = async (milliseconds: number): Promise<void> => {
    this.time += milliseconds;
  };
}

export const asked = (change: Partial<Release> = {}): Release => ({
  id: "r1",
  kind: "release",
  version: "0.2.0",
  images: { api: { digest: NEW } },
  imagesBefore: { api: "0.1.0" },
  digests: { api: NEW },
  before: new FakeCloud().services,
  by: "somebody",
  startedAt: "2026-11-25T12:00:00Z",
  step: "plan",
  percent: 0,
  ...change,
});

/** A machine around the cloud, with its journal and what it told. */
export async function machine(cloud: FakeCloud, setting: Partial<Machine["setting"]> = {}) {
  const clock = new FakeClock();
  const place = new FakePlace();
  const journal = new JournalStore(place, clock);
  const events: Event[] = [];
  await journal.claim("r1", false);
  const made: Machine = {
    setting: {
      ...{
        driver: cloud,
        engine: cloud,
        clock,
        smoke: { requests: [], edgeHeaders: {} },
        steps: [100],
        bake: 60_000,
      },
      ...setting,
    },
    journal,
    reporter: { tell: (event) => events.push(event), close: () => Promise.resolve() },
  };
  return { machine: made, place, events, clock };
}

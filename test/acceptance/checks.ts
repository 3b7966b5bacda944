import { readState } from "../../review/input/state";
import { inventory, OF_THE_PLATFORM } from "../../secrets/inventory";
import type { CloudReader } from "../clouds/reader";
import { reached } from "../clouds/reader";
import { problemsOf } from "../config/describe-system";
import type { Deployed } from "../support/deployed";
import type { Check } from "./statements";

/** Statements that are held against every cloud in the same words. */

/** Several checks under one number. */
export const all =
  (...checks: readonly Check[]): Check =>
  (stacks) => {
    for (const check of checks) check(stacks);
  };

const workloads = (stack: Deployed): string[] => [
  ...stack.components("ContainerService"),
  ...stack.components("OneOffJob"),
];

/** Variables are filled from entries of the secret store, by the platform. */
export const filledFrom =
  (reader: CloudReader, workload: string, secrets: Readonly<Record<string, string>>): Check =>
  ({ prod }) => {
    const found = reader.workload(prod, workload);
    expect(found.secrets).toEqual(secrets);
    expect(Object.keys(found.env).filter((name) => name in secrets)).toEqual([]);
  };

/** No text of the secret store stands readable in the state, and none is trivial. */
export const nothingReadable =
  (reader: CloudReader, atLeast: number): Check =>
  ({ prod, sealed }) => {
    const values = Object.values(reader.secrets(prod));
    expect(values.length).toBeGreaterThanOrEqual(atLeast);
    const stored = JSON.stringify(sealed.resources);
    for (const value of values) {
      expect(value.length).toBeGreaterThan(8);
      expect(stored.includes(value)).toBe(false);
    }
  };

/** Generated secrets are long, and no two are the same. */
export const generatedApart =
  (reader: CloudReader, entries: readonly string[], length = 32): Check =>
  ({ prod }) => {
    const found = reader.secrets(prod);
    const values = entries.map((entry) => found[entry] ?? "");
    expect(new Set(values).size).toBe(entries.length);
    for (const value of values) expect(value.length).toBeGreaterThanOrEqual(length);
  };

/** A key that encrypts stored data is there in both stages, and the engine keeps it in production. */
export const keptKey =
  (entry: string, bytes: number): Check =>
  ({ staging, prod }) => {
    const key = (stack: Deployed) =>
      stack.one("random:index/randomBytes:RandomBytes", `secrets-${entry}`);
    expect(key(staging).inputs["length"]).toBe(bytes);
    expect(key(prod).protect).toBe(true);
  };

/** Plain variables of a workload, among others. */
export const environment =
  (reader: CloudReader, workload: string, variables: Readonly<Record<string, string>>): Check =>
  ({ prod }) =>
    expect(reader.workload(prod, workload).env).toMatchObject(variables);

/** What the identity of each workload may read, and nothing more; `bin/secrets who` says the same. */
export const readsOnly =
  (reader: CloudReader, entries: Readonly<Record<string, readonly string[]>>): Check =>
  ({ prod }) => {
    const stored = inventory(readState(prod.text, "prod"));
    for (const [workload, readable] of Object.entries(entries)) {
      const expected = [workload, [...readable].sort()];
      expect([workload, reader.workload(prod, workload).readable]).toEqual(expected);
      const shown = stored.filter(
        ({ origin, readers }) =>
          origin !== OF_THE_PLATFORM &&
          readers.some(({ name, identities }) => {
            return name === workload && (reader.cloud === "docker" || identities.length > 0);
          }),
      );
      expect([workload, shown.map(({ name }) => name)]).toEqual(expected);
    }
  };

/** Every container of every workload runs an image with a version or a digest. */
export const imagesArePinned =
  (reader: CloudReader): Check =>
  ({ staging, prod }) => {
    for (const stack of [staging, prod]) {
      for (const workload of workloads(stack)) {
        for (const image of reader.workload(stack, workload).images) {
          expect(image).toMatch(/(:[^:/@]*\d[^:/@]*|@sha256:[0-9a-f]{64})$/);
        }
      }
    }
  };

/** Each workload's own image, by the name of its repository. */
export const runs =
  (reader: CloudReader, images: Readonly<Record<string, string>>): Check =>
  ({ prod }) => {
    for (const [workload, repository] of Object.entries(images)) {
      expect(reader.workload(prod, workload).images[0]).toMatch(
        new RegExp(`(^|/)${repository}[:@]`),
      );
    }
  };

/** A request for an address meets a service, or none. */
export const leadsTo =
  (reader: CloudReader, services: Readonly<Record<string, string | undefined>>): Check =>
  ({ prod }) => {
    const routes = reader.routes(prod);
    for (const [address, service] of Object.entries(services)) {
      const { hostname, pathname } = new URL(address);
      expect([address, reached(routes, hostname, pathname)]).toEqual([address, service]);
    }
  };

/** A service is not touched before a job has run with success. */
export const waitsFor =
  (reader: CloudReader, service: string, job: string): Check =>
  ({ prod }) => {
    const run = reader.run(prod, job).urn;
    const serving = reader.serving(prod, service);
    expect(serving.length).toBeGreaterThan(0);
    for (const each of serving) expect(prod.closure(each)).toContain(run);
  };

/** A production stack with such settings is refused before anything is registered. */
export const refuses =
  (
    system: string,
    settings: Readonly<Record<string, unknown>>,
    sentence: RegExp,
    rest: Readonly<Record<string, unknown>> = {},
  ): Check =>
  () =>
    expect(problemsOf(system, settings, rest)).toContainEqual(expect.stringMatching(sentence));

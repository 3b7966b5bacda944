import { CliError, read } from "../cli";
import type { Alarm, Driver, DriverFactory, Entrance, ImageEngine, Services } from "../driver";
import type { Engine, Wanted } from "../engine";
import { ReleaseError, UsageError } from "../error";
import { held, serving } from "../prove";
import { firedSince } from "./azure-alarms";
import { giveAll, placeOf, revisionsOf, type Place } from "./azure-apps";
import { az } from "./azure-cli";
import { digestOf } from "./azure-images";
import { edgeEntrance } from "./edge-entrance";

const APP = "azure-native:app:ContainerApp";
/** Rule of Front Door; one of them leads to the candidate of each service behind it. */
const RULE = "azure-native:cdn:Rule";
/** Between two looks at a revision, in milliseconds. */
const PAUSE = 5_000;
/** Longest wait for a revision to become healthy, or for the traffic to move, in milliseconds. */
const PATIENCE = 10 * 60_000;

/**
 * Container Apps. Traffic moves by `pulumi up` alone, with the serving revisions named in the stack's
 * config for that update, so that state and cloud never differ; only the way back is taken by Azure's
 * CLI, at once, and the update that follows makes the state agree.
 */
class AzureDriver implements Driver {
  readonly cloud = "azure";
  readonly pins = true;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async check(): Promise<void> {
    const [place] = await this.#places();
    try {
      await az("account", "show", ...(place ? ["--subscription", place.subscription] : []));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      throw new UsageError(
        `az: nobody is signed in to the stack's subscription; run \`az login\` (${error.said.trim()})`,
      );
    }
  }

  async observe(): Promise<Services> {
    const found = (await this.#places()).map(
      async (place) =>
        [place.service, { name: place.name, revisions: await revisionsOf(place) }] as const,
    );
    return Object.fromEntries(await Promise.all(found));
  }

  digestOf(reference: string): Promise<string | undefined> {
    return digestOf(reference);
  }

  /** Whoever is signed in to Azure gets a token of the registry for three hours. */
  async imageEngine(repository: string): Promise<ImageEngine> {
    const [registry = ""] = repository.split(".");
    await read("az", ["acr", "login", "--name", registry]);
    return { platform: "linux/amd64", push: true };
  }

  async stage(wanted: Wanted, before: Services): Promise<void> {
    await this.#engine.up(wanted, { serving: held(before), percent: 0 });
    // A revision may come up after the update that made it.
    await this.#until(
      (services) =>
        Object.values(services)
          .flatMap(({ revisions }) => revisions)
          .every(({ newest, healthy }) => !newest || healthy !== "unknown"),
      "a candidate has not become healthy",
    );
  }

  async entrance(service: string, host: string): Promise<Entrance | undefined> {
    // An Application Gateway has no way to a candidate, and its label's own name is a private one.
    return edgeEntrance(await this.#engine.stack(), RULE, service, host);
  }

  shift(wanted: Wanted, before: Services, percent: number): Promise<void> {
    return this.#engine.up(wanted, { serving: held(before), percent });
  }

  async settle(wanted: Wanted): Promise<void> {
    await this.#engine.up(wanted);
    // With one revision at a time, the platform moves the traffic once the new one is ready.
    await this.#until(
      (services) => Object.keys(services).every((name) => serving(services, name).length === 1),
      "the traffic has not moved to one revision",
    );
  }

  /**
   * An update that failed may have reached Azure without reaching the state, which is therefore read
   * anew first, and again after the traffic was moved past it.
   */
  async takeBack(_wanted: Wanted, before: Services): Promise<void> {
    const places = await this.#places();
    await this.#engine.refresh(places.map(({ urn }) => urn));
    const now = await this.observe();
    const moved: string[] = [];
    for (const place of places) {
      const revision = held(before)[place.service];
      const [one, ...others] = serving(now, place.service);
      if (revision === undefined || (one?.name === revision && others.length === 0)) continue;
      await giveAll(place, revision);
      moved.push(place.urn);
    }
    if (moved.length > 0) await this.#engine.refresh(moved);
  }

  async alarms(since: Date): Promise<readonly Alarm[]> {
    return firedSince(await this.#engine.stack(), since);
  }

  async #until(isTrue: (services: Services) => boolean, sorry: string): Promise<void> {
    for (const end = Date.now() + PATIENCE; !isTrue(await this.observe());) {
      if (Date.now() > end) {
        throw new ReleaseError(`${sorry} in ${PATIENCE / 60_000} minutes; look at its logs`);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  async #places(): Promise<Place[]> {
    const stack = await this.#engine.stack();
    return stack.services(APP).map(({ service, resource }) => placeOf(service, resource));
  }
}

export const driver: DriverFactory = (engine) => new AzureDriver(engine);

import type { Revision, Services } from "./driver";
import { ReleaseError } from "./error";

/** Revisions of a service with production traffic. */
export const serving = (services: Services, service: string): readonly Revision[] =>
  services[service]?.revisions.filter(({ percent }) => percent > 0) ?? [];

/** The revision of each service that goes on serving while a candidate is tried. */
export const held = (before: Services): Record<string, string> =>
  Object.fromEntries(
    Object.keys(before).flatMap((service) => {
      const [most] = [...serving(before, service)].sort((a, b) => b.percent - a.percent);
      return most ? [[service, most.name]] : [];
    }),
  );

/** Digests of what serves, by service: what a way back has to arrive at. */
export const servingDigests = (services: Services): Record<string, string> =>
  Object.fromEntries(
    Object.keys(services).flatMap((service) => {
      const digest = serving(services, service)[0]?.digest;
      return digest === undefined ? [] : [[service, digest]];
    }),
  );

/**
 * Refuses when a service does not run what was asked for: one revision has all its traffic, it is
 * healthy, and it has the digest that was asked for. What the platform itself calls a success may be
 * its own way back to the old revision.
 */
export function prove(services: Services, digests: Readonly<Record<string, string>>): void {
  for (const service of Object.keys(services)) {
    const [one, ...others] = serving(services, service);
    if (!one) throw new ReleaseError(`${service}: nothing serves; look at its revisions`);
    if (others.length > 0) {
      const names = [one, ...others].map(({ name }) => name).join(", ");
      throw new ReleaseError(`${service}: ${names} share the traffic; one is to have all of it`);
    }
    if (one.healthy === "no") {
      throw new ReleaseError(`${service}: ${one.name} serves and is not healthy; look at its logs`);
    }
    refuseOther(service, one, digests[service]);
  }
}

/** Refuses a revision that runs something else than was asked for. */
export function refuseOther(service: string, revision: Revision, asked: string | undefined): void {
  if (asked === undefined || revision.digest === asked) return;
  const runs = revision.digest ?? revision.image;
  throw new ReleaseError(
    `${service}: ${revision.name} runs ${runs} and not ${asked}; the platform may have gone back by itself`,
  );
}

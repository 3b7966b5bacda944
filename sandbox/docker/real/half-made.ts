import { connect, orGone } from "./connection";

/** An operation that was under way when the engine of Pulumi died, as its state tells it. */
interface Pending {
  readonly type: string;
  readonly urn: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/**
 * Takes back what a creation has left on the host when nobody was told of it: a container that may
 * lack a network or a file, and whose name the next attempt needs. Volumes stay: creating one that
 * exists gives the same volume. Says what was removed.
 */
export async function removeHalfMade(pending: readonly Pending[]): Promise<string[]> {
  const engine = connect({});
  const notes: string[] = [];
  for (const { type, urn, inputs } of pending) {
    const name = String(inputs?.name ?? "");
    if (name === "") continue;
    let removed: unknown;
    if (type === "docker:index/container:Container") {
      removed = await orGone(
        engine
          .getContainer(name)
          .remove({ force: true })
          .then(() => true),
      );
    } else if (type === "docker:index/network:Network") {
      removed = await orGone(
        engine
          .getNetwork(name)
          .remove()
          .then(() => true),
      );
    }
    if (removed) notes.push(`removed from the host: ${urn} was half made`);
  }
  return notes;
}

import fs from "node:fs";
import { PassThrough } from "node:stream";
import type Docker from "dockerode";
import tar, { type Headers } from "tar-stream";

/** One file or folder of an image: folders have neither `from` nor `text`. */
export interface Entry extends Headers {
  /** File of this machine. */
  from?: string;
  text?: string;
}

/** Makes an image of one layer; `changes` are lines of a Dockerfile that need no build. */
export async function importImage(
  docker: Docker,
  reference: string,
  content: readonly Entry[] | NodeJS.ReadableStream,
  changes: readonly string[],
): Promise<void> {
  const [repo, tag] = reference.split(":");
  const stream = Symbol.asyncIterator in content ? content : archive(content as readonly Entry[]);
  const answer = await docker.importImage(stream as NodeJS.ReadableStream, {
    repo,
    tag,
    changes: [...changes],
  });
  await followed(docker, answer);
}

/** Reads an answer to its end; the engine tells a failure in it. */
export function followed(docker: Docker, answer: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    docker.modem.followProgress(answer, (error, events) => {
      const told = (events as { error?: string }[] | undefined)?.find((each) => each.error)?.error;
      if (error || told) reject(new Error(told ?? String(error)));
      else resolve();
    });
  });
}

function archive(entries: readonly Entry[]): NodeJS.ReadableStream {
  const pack = tar.pack();
  const add = (entry: Entry): Promise<void> =>
    new Promise((resolve, reject) => {
      const { from, text, ...header } = entry;
      const done = (error?: Error | null): void => (error ? reject(error) : resolve());
      if (from === undefined) {
        const type = text === undefined && !header.linkname ? "directory" : header.type;
        pack.entry({ ...header, ...(type ? { type } : {}) }, text ?? "", done);
        return;
      }
      const { size, mode } = fs.statSync(from);
      const sink = pack.entry({ mode: mode & 0o777, ...header, size }, done);
      fs.createReadStream(from).pipe(sink);
    });
  void (async () => {
    for (const entry of entries) await add(entry);
    pack.finalize();
  })().catch((error: Error) => pack.destroy(error));
  return pack.pipe(new PassThrough());
}

export const hasImage = async (docker: Docker, reference: string): Promise<boolean> => {
  try {
    await docker.getImage(reference).inspect();
    return true;
  } catch {
    return false;
  }
};

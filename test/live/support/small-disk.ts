import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { docker } from "./host";

const run = (program: string, ...args: string[]): void =>
  void execFileSync(program, args, { stdio: "pipe" });

/**
 * A disk of its own under the volume of a container, small enough to be filled: a file system in
 * memory with the volume's content. Needs root beside the engine.
 */
export class SmallDisk {
  readonly #container: string;
  readonly #folder: string;

  private constructor(container: string, folder: string) {
    this.#container = container;
    this.#folder = folder;
  }

  static async under(container: string, volume: string, mebibytes: number): Promise<SmallDisk> {
    const { Mountpoint } = await docker().getVolume(volume).inspect();
    const disk = new SmallDisk(container, Mountpoint);
    await disk.#stopped((aside) => {
      run("mount", "-t", "tmpfs", "-o", `size=${mebibytes}m`, "tmpfs", aside);
      run("cp", "-a", `${Mountpoint}/.`, aside);
      run("mount", "--bind", aside, Mountpoint);
    });
    return disk;
  }

  /** Writes until nothing more fits. */
  fill(): void {
    const file = fs.openSync(this.#ballast, "w");
    try {
      for (const size of [2 ** 20, 4096]) {
        const block = Buffer.alloc(size, 1);
        while (fitted(file, block));
      }
    } finally {
      fs.closeSync(file);
    }
  }

  free(): void {
    fs.rmSync(this.#ballast, { force: true });
  }

  /** Puts the content back where it was. */
  async close(): Promise<void> {
    this.free();
    await this.#stopped((aside) => {
      run("mount", "--bind", this.#folder, aside);
      run("umount", this.#folder);
      fs.rmSync(this.#folder, { recursive: true });
      fs.mkdirSync(this.#folder);
      run("cp", "-a", `${aside}/.`, this.#folder);
    });
  }

  get #ballast(): string {
    return path.join(this.#folder, "ballast");
  }

  /** Works on the volume while nobody uses it; what is mounted aside is gone afterwards. */
  async #stopped(work: (aside: string) => void): Promise<void> {
    const container = docker().getContainer(this.#container);
    const aside = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-disk-"));
    await container.stop();
    try {
      work(aside);
    } finally {
      run("umount", aside);
      fs.rmdirSync(aside);
      await container.start();
    }
  }
}

function fitted(file: number, block: Buffer): boolean {
  try {
    return fs.writeSync(file, block) === block.length;
  } catch {
    return false;
  }
}

import * as fs from "node:fs";
import * as path from "node:path";
import { CloudError } from "./table";

const DAY = 24 * 60 * 60 * 1000;

/** Names that stay taken for some days after what bore them is gone. Kept beside the simulated cloud. */
export class Tombstones {
  readonly #name: string;

  /** `cloud` is part of the file's name: `aws-deleted-names.json`. */
  constructor(cloud: string) {
    this.#name = `${cloud}-deleted-names.json`;
  }

  /** Keeps the name of something deleted for so many days. */
  bury(name: string, days: number): void {
    const until = Date.now() + days * DAY;
    fs.writeFileSync(this.#file(), JSON.stringify({ ...this.#read(), [name]: until }));
  }

  /** Refuses a name that is still held by something deleted. */
  refuseBuried(name: string, message: string): void {
    const until = this.#read()[name];
    if (until !== undefined && until > Date.now()) throw new CloudError(message);
  }

  #read(): Record<string, number> {
    const file = this.#file();
    return fs.existsSync(file)
      ? (JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, number>)
      : {};
  }

  /** Where the cloud lies is asked at each use, so that tables can be loaded anywhere. */
  #file(): string {
    return path.join(process.env.SANDBOX_CLOUD ?? ".", this.#name);
  }
}

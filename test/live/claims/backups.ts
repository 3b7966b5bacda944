import { revealed, succeed } from "../../support/deployed";
import type { Client } from "../support/client";
import { note, timed } from "../support/figures";
import { raised } from "../support/alarm";
import { exec, inside, insideJson } from "../support/helper";
import { docker } from "../support/host";
import type { LiveStack } from "../support/live-stack";

const KEEPER = "/portolan/keeper";

export interface BackupFacts {
  readonly database: string;
  readonly name: string;
  /** Component whose network reaches the database. */
  readonly client: string;
  /** Writes one record by way of the application. */
  readonly write: (client: Client) => Promise<void>;
}

/** Count and checksum of every table, whatever the order of its rows. */
const CHECKSUMS = `
import pg from "pg";
const { HOST, DATABASE, ADMIN_PASSWORD } = process.env;
const client = new pg.Client({ host: HOST, user: "postgres", database: DATABASE, password: ADMIN_PASSWORD, ssl: { rejectUnauthorized: false } });
await client.connect();
const { rows } = await client.query("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
const sums = {};
for (const { name } of rows) {
  const sum = await client.query('SELECT count(*)::int AS rows, md5(string_agg(t::text, chr(10) ORDER BY t::text)) AS sum FROM "' + name + '" t');
  sums[name] = sum.rows[0];
}
console.log(JSON.stringify(sums));
await client.end();`;

type Checksums = Record<string, { rows: number; sum: string }>;

/** Backups as an operator meets them: made, pruned, restored after the loss of the volume. */
export function backups(stack: LiveStack, client: Client, facts: BackupFacts): void {
  const { database, name } = facts;
  const volume = stack.hostName(`${database}-backups`);

  const secretOf = async (resource: string, output: string): Promise<string> => {
    const found = (await stack.export()).resources.find((each) => each.name === resource);
    return String(revealed(found?.outputs[output]));
  };
  const checksums = async (): Promise<Checksums> =>
    insideJson<Checksums>(CHECKSUMS, {
      network: (await stack.container(facts.client)).Id,
      env: {
        HOST: database,
        DATABASE: name,
        ADMIN_PASSWORD: await secretOf(`${database}-admin-password`, "hex"),
      },
    });
  const keeper = async (command: string[], input?: string): Promise<string> => {
    const { Id } = await stack.container(`${database}-backup`);
    const { code, output } = await exec(docker().getContainer(Id), [KEEPER, ...command], input);
    if (code !== 0) throw new Error(output);
    return output;
  };
  const inVolume = (script: string): Promise<string> =>
    inside(`import fs from "node:fs"; ${script}`, {
      user: "70:0",
      binds: [`${volume}:/backups`],
    });

  describe("backups", () => {
    test("are encrypted, and pruned by age", async () => {
      const old = `${name}-20200101T000000Z.dump.age`;
      await inVolume(`fs.writeFileSync("/backups/${old}", "an old one");`);
      await keeper(["run", KEEPER, "backup", "now"]);
      const listed = await keeper(["restore"]);
      expect(listed).not.toContain(old);
      const newest = listed.trim().split("\n").at(-1) ?? "";
      const head = await inVolume(
        `console.log(fs.readFileSync("/backups/${newest}").subarray(0, 21).toString());`,
      );
      expect(head.trim()).toBe("age-encryption.org/v1");
    });

    test("bring every table back after the loss of the database's volume", async () => {
      for (let count = 0; count < 20; count += 1) await facts.write(client);
      const before = await checksums();
      await keeper(["run", KEEPER, "backup", "now"]);
      // Written after the last dump: lost, as the page on backups says.
      await facts.write(client);

      const { seconds } = await timed(async () => {
        await docker().getContainer(stack.hostName(database)).remove({ force: true });
        await docker()
          .getVolume(stack.hostName(`${database}-data`))
          .remove();
        succeed(await stack.run("refresh --yes --skip-preview"));
        const bootstrap = (await stack.export()).resources.find(
          (each) => each.name === `${database}-bootstrap-run`,
        );
        succeed(await stack.up({}, "--replace", bootstrap?.urn ?? ""));
        const key = await secretOf(`${database}-backup-key`, "privateKeyOpenssh");
        await keeper(["run", KEEPER, "restore", "latest"], key);
      });
      note("backup drill", { seconds });
      expect(await checksums()).toEqual(before);
      await facts.write(client);
    });

    test("raise an alarm when none was made for more than a day", async () => {
      const drill = `${stack.hostName("drill")}`;
      await docker().createVolume({ Name: drill });
      const stamp = new Date(Date.now() - 27 * 3_600_000).toISOString();
      const file = `${name}-${stamp.replace(/[-:]|\.\d+/g, "")}.dump.age`;
      await inside(`import fs from "node:fs"; fs.writeFileSync("/watched/${file}", "")`, {
        user: "0:0",
        binds: [`${drill}:/watched`],
      });
      try {
        expect(await raised(stack, { name: `${database}-backup-age` }, drill)).toMatchObject({
          alarm: `${database}-backup-age`,
          state: "firing",
          text: expect.stringContaining("the newest backup is 27 hours old"),
        });
      } finally {
        await docker().getVolume(drill).remove();
      }
    });
  });
}

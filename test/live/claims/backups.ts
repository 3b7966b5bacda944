import { setTimeout as pause } from "node:timers/promises";
import { revealed, succeed } from "../../support/deployed";
import type { Client } from "../support/client";
import { note, timed } from "../support/figures";
import { raised } from "../support/alarm";
import { exec, inside, insideJson } from "../support/helper";
import { docker } from "../support/host";
import type { LiveStack } from "../support/live-stack";
import { shownEnvironmentOf } from "../support/looks";

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

/** The backup looks once a minute; patience for two looks and what they begin, on a busy machine. */
const PATIENCE_MS = 240_000;

async function until(look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error("it has not happened in four minutes");
    await pause(1000);
  }
}

/** Backups as an operator meets them: made, pruned, missed, restored after the loss of the volume. */
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
  /** Names of the finished copies, oldest first. */
  const copies = async (): Promise<string[]> => (await keeper(["restore"])).trim().split("\n");
  /** Leaves copies that were made so many hours ago and no others, as a host that was away finds them. */
  const copiesOfAge = async (...hours: number[]): Promise<string[]> => {
    const names = hours.map((each) => {
      const made = new Date(Date.now() - each * 3_600_000).toISOString();
      return `${name}-${made.replace(/[-:]|\.\d+/g, "")}.dump.age`;
    });
    await inVolume(`process.chdir("/backups");
      const there = fs.readdirSync(".").filter((each) => each.endsWith(".dump.age")).sort();
      for (const copy of ${JSON.stringify(names)}) fs.copyFileSync(there.at(-1), copy);
      for (const each of there) fs.rmSync(each);`);
    return names;
  };

  describe("backups", () => {
    test("are encrypted, and pruned by age", async () => {
      const old = `${name}-20200101T000000Z.dump.age`;
      await inVolume(`fs.writeFileSync("/backups/${old}", "an old one");`);
      await keeper(["run", KEEPER, "backup", "now"]);
      const listed = await copies();
      expect(listed).not.toContain(old);
      const newest = listed.at(-1) ?? "";
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

    test("come by themselves when they are due, and what is past its days goes", async () => {
      const { BACKUP_DAYS } = await shownEnvironmentOf(stack, `${database}-backup`);
      const [late] = await copiesOfAge(27, 24 * (Number(BACKUP_DAYS) + 1));
      const { seconds } = await timed(() => until(async () => (await copies()).at(-1) !== late));
      note("backup by itself", { seconds });
      const listed = await copies();
      expect(listed).toEqual([late, expect.stringMatching(new RegExp(`^${name}-.*`))]);
      expect(await stack.log(`${database}-backup`)).toContain(`wrote ${listed.at(-1)}`);
    });

    test("that fail are said in the log, raise the alarm, and come later", async () => {
      const server = docker().getContainer((await stack.container(database)).Id);
      const backup = docker().getContainer((await stack.container(`${database}-backup`)).Id);
      const failures = async (): Promise<number> =>
        (await stack.log(`${database}-backup`)).split("next attempt in 15 minutes").length;
      const before = await failures();
      await server.stop();
      try {
        const [late] = await copiesOfAge(27);
        await until(async () => (await failures()) > before);
        expect(await copies()).toEqual([late]);
        expect(await raised(stack, { name: `${database}-backup-age` }, volume)).toMatchObject({
          alarm: `${database}-backup-age`,
          state: "firing",
          text: expect.stringContaining("the newest backup is 27 hours old"),
        });
      } finally {
        await server.start();
      }
      await until(() =>
        facts.write(client).then(
          () => true,
          () => false,
        ),
      );
      // It need not be waited for: a container that starts looks at once.
      await backup.restart();
      await until(async () => (await copies()).length === 2);
    });
  });
}

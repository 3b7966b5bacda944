import type Docker from "dockerode";
import { insideJson } from "./helper";
import { docker } from "./host";

const NETWORK = "proxy";
const NAME = "nginx-proxy";
const HELPER = "portolan.role=test-helper";

/** What a host has before the stack comes: its network, and a stand-in for its proxy. */
export class HostProxy {
  readonly #routes: Readonly<Record<string, { host: string; port: number }>>;
  #container: Docker.Container | undefined;

  constructor(routes: Readonly<Record<string, { host: string; port: number }>>) {
    this.#routes = routes;
  }

  async start(): Promise<void> {
    await this.stop();
    await docker().createNetwork({
      ...{ Name: NETWORK, CheckDuplicate: true, Labels: { "portolan.role": "test-helper" } },
    });
    this.#container = await docker().createContainer({
      name: NAME,
      Image: `${NAME}:0.1.0`,
      Env: [`ROUTES=${JSON.stringify(this.#routes)}`],
      Labels: { "portolan.role": "test-helper" },
      HostConfig: { NetworkMode: NETWORK },
    });
    await this.#container.start();
  }

  /** A request as the internet sends it to the host: the status, and the address it comes from. */
  async ask(host: string, path: string): Promise<{ status: number; seen: string }> {
    if (!this.#container) throw new Error("the host's proxy does not run");
    const { NetworkSettings } = await this.#container.inspect();
    const address = NetworkSettings.Networks[NETWORK]?.IPAddress ?? "";
    const sender = await docker().createContainer({
      ...{ Image: `${NAME}:0.1.0`, Cmd: ["node", "--eval", "setInterval(() => {}, 1000)"] },
      ...{ Labels: { "portolan.role": "test-helper" }, HostConfig: { NetworkMode: NETWORK } },
    });
    try {
      await sender.start();
      const own = (await sender.inspect()).NetworkSettings.Networks[NETWORK]?.IPAddress ?? "";
      const script = `
        import http from "node:http";
        const { ADDRESS, HOST, WANTED } = process.env;
        const options = { host: ADDRESS, path: WANTED, method: "POST", headers: { Host: HOST } };
        http.request(options, ({ statusCode }) => {
          console.log(statusCode);
          process.exit(0);
        }).end("{}");`;
      const status = await insideJson<number>(script, {
        network: sender.id,
        env: { ADDRESS: address, HOST: host, WANTED: path },
      });
      return { status, seen: own };
    } finally {
      await sender.remove({ force: true });
    }
  }

  async stop(): Promise<void> {
    const filters = { name: [`^/${NAME}$`], label: [HELPER] };
    for (const { Id } of await docker().listContainers({ all: true, filters })) {
      await docker().getContainer(Id).remove({ force: true });
    }
    for (const { Id } of await docker().listNetworks({ filters: { label: [HELPER] } })) {
      await docker().getNetwork(Id).remove();
    }
  }
}

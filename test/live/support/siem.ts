import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";

/** A place that audit logs are sent to: syslog over TLS, with a certificate of its own making. */
export class Siem {
  readonly address: string;
  readonly #port: number;
  readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-siem-"));
  #server: tls.Server | undefined;
  #text = "";

  /** The engine connects to it on this machine. */
  constructor(port: number) {
    this.#port = port;
    this.address = `localhost:${port}`;
  }

  get caFile(): string {
    return path.join(this.#folder, "siem.pem");
  }

  /** Everything that has come. */
  get text(): string {
    return this.#text;
  }

  async start(): Promise<void> {
    const key = path.join(this.#folder, "siem.key");
    execFileSync(
      "openssl",
      [
        ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"],
        ...["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        ...["-keyout", key, "-out", this.caFile],
      ],
      { stdio: "pipe" },
    );
    const options = { key: fs.readFileSync(key), cert: fs.readFileSync(this.caFile) };
    const server = tls.createServer({ ...options, minVersion: "TLSv1.2" }, (socket) => {
      socket.on("data", (data: Buffer) => (this.#text += data.toString()));
      socket.on("error", () => undefined);
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, "localhost", resolve));
  }

  stop(): void {
    this.#server?.close();
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }
}

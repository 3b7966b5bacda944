import tls from "node:tls";

/** As much of a Redis client as the stand-ins need: commands in order over one TLS connection. */
export class Redis {
  #url;
  #ca;
  #socket;
  #waiting = [];
  #rest = "";

  /** `ca`: the authority to believe, where it is not Node.js' own variable that names it. */
  constructor(url, ca) {
    this.#url = new URL(url);
    this.#ca = ca;
  }

  async command(...words) {
    const socket = await this.#connected();
    const text = words.map((word) => `$${Buffer.byteLength(`${word}`)}\r\n${word}\r\n`).join("");
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      socket.write(`*${words.length}\r\n${text}`);
    });
  }

  close() {
    this.#socket?.then((socket) => socket.end()).catch(() => {});
  }

  #connected() {
    this.#socket ??= this.#connect();
    return this.#socket;
  }

  async #connect() {
    const { hostname, port, password } = this.#url;
    const socket = tls.connect({
      host: hostname,
      port: Number(port || 6379),
      servername: hostname,
      ...(this.#ca === undefined ? {} : { ca: this.#ca }),
    });
    const lost = (error) => {
      this.#socket = undefined;
      for (const { reject } of this.#waiting.splice(0))
        reject(error ?? new Error("connection lost"));
    };
    socket.on("close", () => lost()).on("data", (data) => this.#read(data.toString("latin1")));
    try {
      await new Promise((resolve, reject) =>
        socket.once("secureConnect", resolve).once("error", reject),
      );
    } catch (error) {
      lost(error);
      throw error;
    }
    socket.on("error", lost);
    const answer = new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    socket.write(`*2\r\n$4\r\nAUTH\r\n$${password.length}\r\n${password}\r\n`);
    await answer;
    return socket;
  }

  #read(text) {
    this.#rest += text;
    for (;;) {
      const line = this.#rest.indexOf("\r\n");
      if (line < 0) return;
      const [kind, head] = [this.#rest[0], this.#rest.slice(1, line)];
      let value = head;
      let end = line + 2;
      if (kind === "$" && head !== "-1") {
        const length = Number(head);
        if (this.#rest.length < end + length + 2) return;
        value = this.#rest.slice(end, end + length);
        end += length + 2;
      } else if (kind === "$") value = null;
      this.#rest = this.#rest.slice(end);
      const { resolve, reject } = this.#waiting.shift() ?? {};
      if (kind === "-") reject?.(new Error(head));
      else resolve?.(value);
    }
  }
}

// ollama serve | list | pull MODEL: as much of it as a deployment uses.
import fs from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { bodyOf, json, serve } from "/app/lib/server.mjs";
import { writable } from "/app/lib/settings.mjs";

const { OLLAMA_HOST = "127.0.0.1:11434", OLLAMA_MODELS = "/root/.ollama/models" } = process.env;
const port = Number(OLLAMA_HOST.split(":").at(-1));
const [command, model] = process.argv.slice(2);

async function ask(path, question) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, question);
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer.json();
}

const nameOf = (file) => decodeURIComponent(file);

async function tags(_, response) {
  const files = (await fs.readdir(OLLAMA_MODELS)).filter((file) => !file.startsWith("."));
  json(response, 200, { models: files.map((file) => ({ name: nameOf(file) })) });
}

/** A file of the model's name stands for gigabytes of weights. */
async function pull(request, response) {
  const { name } = JSON.parse(await bodyOf(request));
  await fs.writeFile(`${OLLAMA_MODELS}/${encodeURIComponent(name)}`, "no weights");
  json(response, 200, { status: "success" });
}

/** One token at a time, as a model writes. */
async function chat(request, response) {
  await bodyOf(request);
  response.writeHead(200, { "Content-Type": "application/x-ndjson" });
  for (const token of ["stand-ins ", "know ", "no ", "answers"]) {
    response.write(`${JSON.stringify({ token })}\n`);
    await pause(300);
  }
  response.end();
}

if (command === "serve") {
  await writable(OLLAMA_MODELS);
  serve({
    port,
    routes: { "GET /api/tags": tags, "POST /api/pull": pull, "POST /api/chat": chat },
  });
} else if (command === "list") {
  for (const { name } of (await ask("/api/tags")).models) console.log(name);
} else if (command === "pull") {
  await ask("/api/pull", { method: "POST", body: JSON.stringify({ name: model }) });
  console.log(`pulled ${model}`);
} else {
  console.error("say serve, list or pull");
  process.exit(1);
}

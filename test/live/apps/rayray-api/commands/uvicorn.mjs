const asked = process.argv.slice(2).join(" ");
if (asked !== "app.main:app --host 0.0.0.0 --port 8000") {
  console.error(`stand-in: refused to start: uvicorn was given "${asked}"`);
  process.exit(78);
}
await import("/app/server.mjs");

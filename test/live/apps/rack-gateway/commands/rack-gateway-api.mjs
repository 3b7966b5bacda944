const [command] = process.argv.slice(2);
await import(command === "migrate" ? "/app/migrate.mjs" : "/app/server.mjs");

// curl --silent --show-error --fail --max-time S --request M --header H --data D --output F --write-out W URL
import fs from "node:fs";
import { parseArgs } from "node:util";

const text = { type: "string" };
const flag = { type: "boolean" };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...{ silent: flag, "show-error": flag, fail: flag, "max-time": text, request: text },
    ...{ header: { ...text, multiple: true }, data: text, output: text, "write-out": text },
  },
});
try {
  const answer = await fetch(positionals[0], {
    method: values.request ?? "GET",
    headers: (values.header ?? []).map((line) => line.split(/:\s*/)),
    body: values.data,
    redirect: "manual",
    signal: AbortSignal.timeout(Number(values["max-time"] ?? 60) * 1000),
  });
  const body = await answer.text();
  if (values.fail && answer.status >= 400) {
    console.error(`curl: (22) The requested URL returned error: ${answer.status}`);
    process.exit(22);
  }
  if (values.output === undefined) process.stdout.write(body);
  else if (values.output !== "/dev/null") fs.writeFileSync(values.output, body);
  process.stdout.write((values["write-out"] ?? "").replace("%{http_code}", `${answer.status}`));
} catch (error) {
  console.error(`curl: (7) ${error.cause?.message ?? error.message}`);
  process.exit(7);
}

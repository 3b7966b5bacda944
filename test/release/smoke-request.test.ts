import http from "node:http";
import type { AddressInfo } from "node:net";
import type { SmokeRequest } from "../../release/smoke";
import { ask, faultOf, type Answer } from "../../release/smoke-request";
import { FakeClock } from "./fakes";

const request: SmokeRequest = {
  shows: "it works",
  ...{ service: "api", host: "api.example.com", path: "/health", status: 200 },
};
const good: Answer = { status: 200, headers: { server: "x" }, body: '{"status":"ok"}' };

test.each([
  [
    "the status",
    { status: [200, 204] },
    { ...good, status: 500 },
    "answers 500 and not 200 or 204",
  ],
  ["a header", { answers: { Server: "y" } }, good, "answers Server: x and not y"],
  ["a missing header", { answers: { etag: /./ } }, good, "answers etag: nothing and not /./"],
  ["the body", { body: /healthy/ }, good, "answers a body without /healthy/"],
  ["silence", {}, new Error("connect ECONNREFUSED"), "has no answer (connect ECONNREFUSED)"],
])("says what is wrong with %s", (_what, wish, answer, fault) => {
  expect(faultOf({ ...request, ...wish }, answer)).toBe(
    `GET https://api.example.com/health ${fault}`,
  );
});

test("a right answer has no fault", () => {
  expect(faultOf({ ...request, answers: { SERVER: /^x/ }, body: /ok/ }, good)).toBeUndefined();
});

test("asks again until the way is open, with the host's name and the candidate's header", async () => {
  const seen: http.IncomingMessage[] = [];
  const server = http.createServer((message, response) => {
    seen.push(message);
    response.writeHead(seen.length < 3 ? 503 : 200).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const entrance = { url: "https://203.0.113.1", headers: { "x-candidate": "api" }, edge: true };
  process.env["SMOKE_TEST_KEY"] = "k1";
  const answer = await ask(
    { ...request, method: "POST", headers: { authorization: "Bearer $SMOKE_TEST_KEY" }, json: {} },
    entrance,
    { connect: `http://127.0.0.1:${port}`, clock: new FakeClock() },
  );
  server.close();
  expect(answer).toMatchObject({ status: 200 });
  expect(seen).toHaveLength(3);
  expect(seen[0]).toMatchObject({
    method: "POST",
    headers: { host: "api.example.com", "x-candidate": "api", authorization: "Bearer k1" },
  });
});

import { Problems } from "../../components/errors";
import { fit } from "../../components/naming";
import { requestSeconds } from "../../providers/gcp/container-service";
import { accountDomain } from "../../providers/gcp/identity";
import { plain, stackName, stemOf } from "../../providers/gcp/names";
import { checkHealth, probes } from "../../providers/gcp/probes";
import { resolveWorkload } from "../../providers/gcp/workload-spec";
import { context, said, STAGING } from "./context";

const spec = { cpu: 0.5, memoryMiB: 512, uid: 1000, logDays: 30 };
const health = {
  path: "/health",
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyAfter: 2,
  unhealthyAfter: 3,
  startSeconds: 30,
};

test("PORT passes when it says what Cloud Run says, and is left to it", () => {
  const at = context();
  const resolved = resolveWorkload({ ...spec, env: { PORT: "3000", A: "b" } }, at, 3000);
  expect(said(at)).toEqual([]);
  expect(resolved.env).toEqual({ A: "b" });
});

test.each([
  [{ env: { PORT: "8080" } }, "it.env.PORT: is set by Cloud Run to 3000"],
  [{ env: { K_SERVICE: "x" } }, "it.env.K_SERVICE: is set by Cloud Run"],
  [{ secrets: { K_REVISION: "x" } }, "it.env.K_REVISION: is set by Cloud Run"],
  [{ cpu: 16 }, "it.cpu: 16 vCPU with 512 MiB is beyond Cloud Run"],
  [{ logDays: 4000 }, "it.logDays: 4000 days cannot be kept"],
])("%j is refused", (change, message) => {
  const at = context();
  resolveWorkload({ ...spec, ...change }, at, 3000);
  expect(said(at).join("\n")).toContain(message);
});

test("probes keep Cloud Run's limits", () => {
  const { startupProbe, readinessProbe, livenessProbe } = probes(
    { ...health, unhealthyAfter: 5 },
    80,
  );
  expect(startupProbe.failureThreshold * startupProbe.periodSeconds).toBeLessThanOrEqual(240);
  expect(startupProbe.timeoutSeconds).toBeLessThan(startupProbe.periodSeconds);
  expect(readinessProbe).toMatchObject({ successThreshold: 2, failureThreshold: 3 });
  expect(livenessProbe.failureThreshold).toBe(10);
});

test("a start that takes longer than Cloud Run waits is refused", () => {
  const problems = new Problems();
  checkHealth({ ...health, startSeconds: 600, timeoutSeconds: 30 }, "health", problems);
  expect(problems.all.map(({ path }) => path)).toEqual([
    "health.timeoutSeconds",
    "health.startSeconds",
  ]);
});

test("a limit on silence becomes a longer one on the request", () => {
  expect([60, 120, 600, 660].map((idle) => requestSeconds(false, idle))).toEqual([
    300, 300, 900, 990,
  ]);
  expect(requestSeconds(true, 60)).toBe(3600);
});

test("names keep their limit for long stacks and stay different", () => {
  const long = { ...STAGING, stack: "a-very-long-name-of-a-pull-request-preview-stack" };
  const one = stackName("api", long, 30);
  const other = stackName("ui", long, 30);
  expect(one).toHaveLength(30);
  expect(one).not.toBe(other);
  expect(stemOf("api", long, 49).length).toBeLessThanOrEqual(41);
  expect(one).toMatch(/^[a-z][-a-z0-9]*[a-z0-9]$/);
});

test("names become what the APIs accept", () => {
  expect(plain("api.example.com")).toBe("api-example-com");
  expect(plain("On Call@Example.com")).toBe("on-call-example-com");
  expect(plain("9lives")).toBe("x-9lives");
  expect(fit(plain("x"), 5)).toBe("x");
});

test("accounts of a project of a domain have its name turned round", () => {
  expect(accountDomain("acme-prod")).toBe("acme-prod.iam.gserviceaccount.com");
  expect(accountDomain("example.com:web")).toBe("web.example.com.iam.gserviceaccount.com");
});

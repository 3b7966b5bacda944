import { checkHosts, startOrder } from "../../components/check-hosts";
import type { DockerHostSpec, HostContainer } from "../../components/docker-host";
import { Problems } from "../../components/errors";
import type { SystemSpec } from "../../components/system";

const health = {
  ...{ path: "/health", intervalSeconds: 30, timeoutSeconds: 5 },
  ...{ healthyAfter: 2, unhealthyAfter: 3, startSeconds: 30 },
};

const container: HostContainer = {
  ...{ image: "app", uid: 1000, cpu: 1, memoryMiB: 512, networks: ["net"] },
};

const host: DockerHostSpec = {
  ...{ cpu: 2, memoryMiB: 4096, dataGiB: 10, networks: { net: {} }, volumes: ["data"] },
  containers: { app: { ...container, volumes: { "/data": "data" } } },
  entry: { container: "app", port: 8080, health },
  backup: { image: "app", command: ["copy"], uid: 1000, volumes: { "/data": "data" }, keep: 7 },
  logDays: 30,
};

function problemsOf(change: Partial<DockerHostSpec>): string[] {
  const problems = new Problems();
  const system = { images: { app: {} }, secrets: {}, hosts: { h: { ...host, ...change } } };
  checkHosts(system as unknown as SystemSpec, problems);
  return problems.all.map(({ path, message }) => `${path}: ${message}`);
}

const containers = (change: Partial<HostContainer>): Partial<DockerHostSpec> => ({
  containers: { app: { ...container, ...change } },
});

describe("a Docker host's description", () => {
  test("as it should be", () => expect(problemsOf({})).toEqual([]));

  test.each<[Partial<DockerHostSpec>, string]>([
    [containers({ image: "other" }), 'hosts.h.containers.app.image: "other" is not an entry of'],
    [containers({ networks: ["x"] }), 'hosts.h.containers.app.networks: "x" is not an entry of'],
    [containers({ networks: [] }), "hosts.h.containers.app.networks: is empty; name at least one"],
    [containers({ volumes: { "/a": "x" } }), 'hosts.h.containers.app.volumes: "x" is not an entry'],
    [containers({ secrets: { KEY: "x" } }), 'hosts.h.containers.app.secrets.KEY: "x" is not an'],
    [containers({ uid: 0 }), "hosts.h.containers.app.uid: 0 is root's or nobody's; give 1 or more"],
    [containers({ gid: 0 }), "hosts.h.containers.app.gid: 0 is root's or nobody's"],
    [
      containers({ after: ["x"] }),
      'hosts.h.containers.app.after: "x" is not an entry of containers',
    ],
    [containers({ after: ["app"] }), "hosts.h.containers: app → app wait for each other"],
    [{ preload: { x: "x:1" } }, 'hosts.h.preload: "x" is not an entry of images; there are: app'],
    [{ entry: { ...host.entry, container: "x" } }, 'hosts.h.entry.container: "x" is not an entry'],
    [{ backup: { ...host.backup, uid: 0 } }, "hosts.h.backup.uid: 0 is root's or nobody's"],
    [{ backup: { ...host.backup, image: "x" } }, 'hosts.h.backup.image: "x" is not an entry of'],
  ])("%#. %j", (change, sentence) => {
    expect(problemsOf(change).join("\n")).toContain(sentence);
  });

  test("starts containers after those that they name", () => {
    const at = (...after: string[]): HostContainer => ({ ...container, after });
    expect(startOrder({ a: at("b"), b: at("c"), c: at() })).toEqual(["c", "b", "a"]);
  });
});

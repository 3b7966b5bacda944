import { READERS } from "../clouds/readers";
import type { Deployed, Properties } from "../support/deployed";
import {
  admitted,
  alarm,
  groupOf,
  hasAlarms,
  headersSent,
  onlyEdgeIsPublic,
  rights,
  servesHttps,
  tagsAreImmutable,
  targetGroups,
  tellsTheClientAlone,
} from "./aws";
import {
  hostFrontOf,
  releaseScriptOf,
  setupScriptOf,
  toldContainers,
  type ToldContainer,
} from "./aws-host";
import { all } from "./checks";
import { HEADERS, octoproxOn } from "./octoprox";
import type { Checks } from "./statements";

const common = octoproxOn(READERS.aws);
const INSTANCE = "aws:ec2/instance:Instance";
const INVOCATION = "aws:lambda/invocation:Invocation";
const VOLUME = "octoprox_manager-data";

const script = (stack: Deployed): string => releaseScriptOf(stack, "host");

function told(stack: Deployed, name: string): ToldContainer {
  const found = toldContainers(script(stack))[name];
  if (!found) throw new Error(`the host is not told to run ${name}`);
  return found;
}

const values = ({ options }: ToldContainer, wanted: string): string[] =>
  options.filter(([option]) => option === wanted).map(([, value]) => value);

const firewall = (stack: Deployed): Properties[] =>
  stack.one("aws:wafv2/webAcl:WebAcl").inputs["rules"] as Properties[];

/** How Octoprox's acceptance list shows on AWS. */
export const OCTOPROX_ON_AWS: Checks = {
  ...common,

  1: ({ prod }) => {
    expect(prod.of("aws:ecs/service:Service")).toEqual([]);
    expect(prod.of(INSTANCE)).toHaveLength(1);
    expect(values(told(prod, "workspace-manager"), "user")).toEqual(["1000:1000"]);
  },
  2: ({ prod }) => {
    const manager = told(prod, "workspace-manager");
    expect(values(manager, "volume").filter((each) => each.includes("docker.sock"))).toEqual([]);
    expect(manager.env["DOCKER_HOST"]).toBe("tcp://socket-proxy:2375");
    const holders = Object.values(toldContainers(script(prod))).filter((each) =>
      values(each, "volume").some((volume) => volume.startsWith("/var/run/docker.sock")),
    );
    expect(holders.map(({ name }) => name).sort()).toEqual(["route-reader", "socket-proxy"]);
  },
  3: ({ prod }) => {
    const filter = told(prod, "socket-proxy");
    expect(values(filter, "publish")).toEqual([]);
    expect(filter.networks).toEqual(["octoprox-socket"]);
    expect(script(prod)).toContain(
      "docker network create --internal --label portolan.host 'octoprox-socket'",
    );
    const neighbours = Object.values(toldContainers(script(prod)))
      .filter(({ networks }) => networks.includes("octoprox-socket"))
      .map(({ name }) => name);
    expect(neighbours.sort()).toEqual(["socket-proxy", "workspace-manager"]);
  },
  4: ({ prod }) => {
    const { env } = told(prod, "socket-proxy");
    const on = Object.entries(env).filter(([, value]) => value === "1");
    expect(on.map(([name]) => name).sort()).toEqual(
      [
        ...["ALLOW_START", "ALLOW_STOP", "CONTAINERS", "IMAGES"],
        ...["NETWORKS", "POST", "VOLUMES"],
      ].sort(),
    );
    const { env: reader } = told(prod, "route-reader");
    expect(reader).toEqual({ CONTAINERS: "1", POST: "0" });
  },
  5: all(onlyEdgeIsPublic, ({ prod }) => {
    const rules = prod
      .of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .filter(({ inputs }) => inputs["securityGroupId"] === groupOf(prod, "host"));
    expect(rules.map(({ inputs }) => [inputs["fromPort"], inputs["toPort"]])).toEqual([
      [8080, 8080],
      [8080, 8080],
    ]);
    // Besides the edge only the job that tries the host after a deployment.
    expect(admitted(prod, "host")).toEqual(["edge", "verify"]);
    const published = Object.values(toldContainers(script(prod))).flatMap((each) =>
      values(each, "publish"),
    );
    expect(published).toEqual(["8080:8081"]);
  }),
  6: all(servesHttps("api.example.com"), ({ prod }) => {
    const { env } = told(prod, "workspace-manager");
    expect(env["PUBLIC_BASE_URL"]).toBe("https://api.example.com");
  }),
  9: all(common[9], ({ prod }) => {
    expect(script(prod)).toContain(
      "install -m 0600 -o 1000 -g 1000 /dev/null /etc/portolan/secrets/workspace-manager.env",
    );
    expect(setupScriptOf(prod, "host")).toMatch(/install -d -m 0700 .*\/etc\/portolan\/secrets/);
    const manager = told(prod, "workspace-manager");
    expect(Object.keys(manager.env)).not.toContain("SECRET_KEY");
    for (const name of ["SECRET_KEY", "JWT_SECRET_KEY", "BOOTSTRAP_ADMIN_PASSWORD"]) {
      expect(script(prod)).toMatch(
        new RegExp(`^secret .*workspace-manager.env '${name}' 'arn:`, "m"),
      );
    }
  }),
  10: ({ prod }) => {
    const blocking = firewall(prod).filter(({ name }) => String(name).startsWith("blocked-"));
    const patterns = blocking.map(
      ({ statement }) => new RegExp(statement.regexMatchStatement.regexString as string),
    );
    for (const path of ["/internal/x", "/app/internal/x"]) {
      expect([path, patterns.some((pattern) => pattern.test(path))]).toEqual([path, true]);
    }
    for (const { action } of blocking) {
      expect(action.block.customResponse.responseCode).toBe(404);
    }
  },
  11: ({ prod }) =>
    expect(headersSent(prod, hostFrontOf(toldContainers(script(prod))))).toEqual(HEADERS),
  12: ({ prod }) => {
    // The firewall counts with a delay; the router counts exactly.
    const { labels } = told(prod, "workspace-manager");
    const at = "traefik.http.middlewares.auth-rate.rateLimit";
    expect([labels[`${at}.average`], labels[`${at}.period`], labels[`${at}.burst`]]).toEqual([
      ...["60", "1m", "60"],
    ]);
    const limits = firewall(prod).filter(({ name }) => String(name).startsWith("rate-"));
    expect(limits).toHaveLength(2);
    for (const { statement, action } of limits) {
      expect(statement.rateBasedStatement).toMatchObject({ limit: 60, evaluationWindowSec: 60 });
      expect(action.block.customResponse.responseCode).toBe(429);
    }
  },
  13: ({ prod }) => {
    const manager = told(prod, "workspace-manager");
    expect(values(manager, "user")).toEqual(["1000:1000"]);
    expect(values(manager, "read-only")).toHaveLength(1);
    expect(values(manager, "cap-drop")).toEqual(["ALL"]);
    expect(values(manager, "cap-add")).toEqual([]);
    expect(values(manager, "security-opt")).toEqual(["no-new-privileges"]);
  },
  14: ({ prod }) => {
    const writers = Object.values(toldContainers(script(prod))).filter((each) =>
      values(each, "volume").some((volume) => volume.startsWith(`${VOLUME}:`)),
    );
    expect(writers.map(({ name }) => name)).toEqual(["workspace-manager"]);
    expect(told(prod, "workspace-manager").env["WEB_CONCURRENCY"]).toBe("1");
    expect(prod.of("aws:ec2/volumeAttachment:VolumeAttachment")).toHaveLength(1);
    // The old container is gone before the new one is made.
    const text = script(prod);
    expect(text.indexOf("remove 'workspace-manager'")).toBeLessThan(text.indexOf("docker create"));
  },
  15: ({ prod }) => {
    const disk = prod.one("aws:ebs/volume:Volume");
    expect(disk.inputs).toMatchObject({ encrypted: true, size: 50 });
    expect(disk.inputs["kmsKeyId"]).toBe(prod.one("aws:kms/key:Key", "host-key").outputs["arn"]);
    const attached = prod.one("aws:ec2/volumeAttachment:VolumeAttachment").inputs;
    expect(attached["volumeId"]).toBe(disk.id);
    const boot = setupScriptOf(prod, "host");
    expect(boot).toContain(`volume=${disk.id}\n`);
    expect(boot).toContain('"data-root": "/data/docker"');
    expect(values(told(prod, "workspace-manager"), "volume")).toContain(`${VOLUME}:/app/data`);
  },
  16: ({ prod }) => {
    expect(script(prod)).toContain("OnCalendar=*-*-* 03:00:00");
    const backup = script(prod).indexOf("portolan-backup release");
    expect(backup).toBeGreaterThan(0);
    expect(backup).toBeLessThan(script(prod).indexOf("docker create"));
    const [rule] = prod.one(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "host-backups",
    ).inputs["rules"] as Properties[];
    // The newest version, and so many before it.
    expect(rule?.["noncurrentVersionExpiration"].newerNoncurrentVersions).toBe(6);
    const { rules } = prod.one(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "host-backups",
    ).inputs;
    expect(rules[0].applyServerSideEncryptionByDefault.sseAlgorithm).toBe("aws:kms");
    const writing = rights(prod, "host-machine").filter(({ Action }) =>
      (Action as string[]).some((action) => action.startsWith("s3:")),
    );
    expect(writing.flatMap(({ Action }) => Action as string[])).toEqual(["s3:PutObject"]);
  },
  17: ({ prod }) => {
    const [, copy = ""] = /docker run --rm ([^]*?) \| gzip/.exec(script(prod)) ?? [];
    expect([...copy.matchAll(/--volume ('[^']*'|\S+)/g)].map(([, volume]) => volume)).toEqual([
      ...["/tmp", `'${VOLUME}:/app/data'`],
    ]);
    expect(copy).toContain("--network none");
    expect(copy).toContain("--log-driver none");
    expect(copy).not.toContain("/etc/portolan");
  },
  18: all(tagsAreImmutable, ({ prod }) => {
    // What goes is what neither this release nor the one before has.
    expect(script(prod)).toContain("comm -23 - <(sort -u $list $list.before)");
  }),
  19: ({ prod }) => {
    const text = script(prod);
    const tag = /^docker tag '[^']*mcp-gitfs:[^']*' 'mcp-gitfs:1.0.0'$/m.exec(text);
    expect(tag?.index).toBeGreaterThan(0);
    expect(tag?.index).toBeLessThan(text.indexOf("docker create"));
    expect(told(prod, "workspace-manager").env["WORKSPACE_IMAGE"]).toBe("mcp-gitfs:1.0.0");
  },
  20: ({ prod }) => {
    expect(script(prod)).toContain("docker network create --label portolan.host 'mcpnet'");
    expect(told(prod, "workspace-manager").env["DOCKER_NETWORK"]).toBe("mcpnet");
  },
  21: ({ prod }) => {
    const boot = setupScriptOf(prod, "host");
    expect(boot).toContain("iptables -I DOCKER-USER -d 169.254.169.254/32 -j DROP");
    expect(boot).toContain("systemctl enable --now docker portolan-firewall");
    expect(prod.one(INSTANCE).inputs["metadataOptions"].httpPutResponseHopLimit).toBe(1);
  },
  22: ({ prod }) => {
    const { inputs } = prod.one(INSTANCE);
    expect(inputs["associatePublicIpAddress"]).toBe(false);
    expect(inputs).not.toHaveProperty("keyName");
    expect(inputs["metadataOptions"]).toMatchObject({ httpTokens: "required" });
    const subnet = prod.of("aws:ec2/subnet:Subnet").find(({ id }) => id === inputs["subnetId"]);
    expect(subnet?.name).toMatch(/^network-private-/);
    const ports = prod
      .of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .map(({ inputs: rule }) => rule["fromPort"] as number);
    expect(ports).not.toContain(22);
  },
  23: ({ prod }) =>
    expect(tellsTheClientAlone(hostFrontOf(toldContainers(script(prod))))).toBe(true),
  24: all(hasAlarms("unhealthy", "errors", "latency", "disk", "backup"), ({ prod }) => {
    const groups = targetGroups(prod, "host").map(({ outputs }) => String(outputs["arnSuffix"]));
    expect(JSON.stringify(alarm(prod, "latency").inputs)).toContain(groups[0]);
    const { inputs } = alarm(prod, "backup");
    expect(inputs).toMatchObject({ treatMissingData: "breaching", period: 3600 });
    expect(inputs["evaluationPeriods"]).toBe(26);
    expect(alarm(prod, "disk").inputs["threshold"]).toBe(80);
  }),
  25: ({ prod }) => {
    const released = prod.one(INVOCATION, "host-released");
    const verified = prod.one(INVOCATION, "verify-run");
    expect(prod.closure(verified)).toContain(released.urn);
    expect(JSON.parse(verified.outputs["result"])).toMatchObject({ exitCode: 0 });
    // Another release is another task, and so the checks run again.
    const { env } = READERS.aws.workload(prod, "verify");
    expect(env["DEPLOYED"]).toBe(prod.outputs["revisions"].host);
    const attached = prod.one("aws:lb/targetGroupAttachment:TargetGroupAttachment");
    expect(prod.closure(attached)).toContain(released.urn);
  },
  26: ({ prod }) => {
    const disk = prod.one("aws:ebs/volume:Volume");
    expect(disk.protect).toBe(true);
    expect(disk.inputs["finalSnapshot"]).toBe(true);
  },
};

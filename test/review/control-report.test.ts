import { allRules } from "../../policy/lib/rules";
import { normaliseToken } from "../../policy/lib/tokens";
import { RAYRAY_CONTROLS } from "../../review/controls/rayray";
import { call, Folder } from "./command";

const folder = new Folder();
afterAll(() => folder.remove());

const parameters = {
  type: "aws:rds/parameterGroup:ParameterGroup",
  name: "parameters",
  props: {
    parameters: ["log_connections", "log_disconnections", "log_statement"].map((name) => ({
      name,
      value: "1",
    })),
  },
};
const logs = {
  type: "aws:cloudwatch/logGroup:LogGroup",
  name: "logs",
  props: { retentionInDays: 365 },
};
const group = (cidr: string): object => ({
  type: "aws:ec2/securityGroup:SecurityGroup",
  name: "db",
  props: { ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: [cidr] }] },
});

async function statusOf(control: string, ...resources: object[]): Promise<string | undefined> {
  const file = folder.write("list.json", resources);
  const { stdout } = await call("--resources", file, "--control-report");
  return new RegExp(`^NIST-${control} +(covered|partly|not covered) `, "m").exec(stdout)?.[1];
}

describe("the table of RayRay's controls", () => {
  it("names every control of the security plan once", () => {
    const wanted = [
      "AU-2",
      "AU-6",
      "AU-9",
      "CM-2",
      "CM-6",
      "CP-9",
      "IA-5",
      "SA-10",
      "SC-5",
      "SC-7",
      "SC-8",
    ];
    expect(RAYRAY_CONTROLS.map(({ id }) => id)).toEqual(wanted);
  });

  it("names rules that exist and types as rules see them", () => {
    const ids = allRules().map(({ id }) => id);
    for (const { rules = [], types = [] } of RAYRAY_CONTROLS.flatMap(
      ({ requirements }) => requirements,
    )) {
      expect(ids).toEqual(expect.arrayContaining([...rules]));
      const tokens = types.map((each) => (typeof each === "string" ? each : each.type));
      expect(tokens.map(normaliseToken)).toEqual(tokens);
      expect(rules.length + types.length).toBeGreaterThan(0);
    }
  });
});

describe("the report", () => {
  it("tells covered, partly and not covered apart by the resources", async () => {
    expect(await statusOf("AU-2", parameters, logs)).toBe("covered");
    expect(await statusOf("AU-2", logs)).toBe("partly");
    expect(await statusOf("AU-2", group("10.0.0.0/8"))).toBe("not covered");
  });

  it("reads on a Docker host what is set on its containers", async () => {
    const container = (props: object): object => ({
      ...{ type: "docker:index/container:Container", name: "it" },
      props: { image: "postgres:16", ...props },
    });
    const command = ["log_connections=on", "log_disconnections=on", "log_statement=ddl"];
    expect(await statusOf("AU-2", container({ command }))).toBe("partly");
    expect(await statusOf("AU-2", container({ command, logDriver: "json-file" }))).toBe("covered");
    const siem = { "syslog-address": "tcp+tls://siem.example.com:6514" };
    const exported = container({ logDriver: "syslog", logOpts: siem });
    expect(await statusOf("AU-6", exported)).toBe("partly");
    expect(await statusOf("AU-6", exported, container({ envs: ['CHECKS=[{"name":"x"}]'] }))).toBe(
      "covered",
    );
    expect(await statusOf("AU-6", container({ logDriver: "syslog" }))).toBe("not covered");
  });

  it("takes a violated rule as no cover", async () => {
    const network = { type: "aws:ec2/vpc:Vpc", name: "main", props: { cidrBlock: "10.0.0.0/16" } };
    const waf = { type: "aws:wafv2/webAcl:WebAcl", name: "waf", props: {} };
    expect(await statusOf("SC-7", network, waf, group("10.0.0.0/8"))).toBe("covered");
    expect(await statusOf("SC-7", network, waf, group("0.0.0.0/0"))).toBe("partly");
  });

  it("is the same whatever the findings are limited to", async () => {
    const file = folder.write("same.json", [group("0.0.0.0/0"), logs]);
    const every = await call("--resources", file, "--control-report");
    const one = await call("--resources", file, "--control-report", "--control", "AU-11");
    expect(one.stdout).toBe(every.stdout);
    const json = await call("--resources", file, "--control-report", "--json", "-");
    const { controls } = JSON.parse(json.stdout) as { controls: { id: string }[] };
    expect(controls.map(({ id }) => id)).toEqual(RAYRAY_CONTROLS.map(({ id }) => id));
  });
});

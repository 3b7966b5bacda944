import { aws, azure, docker, gcp } from "../../policy/rules/reachability/_examples";
import { toMermaid } from "../../review/network/mermaid";
import { networkPicture } from "../../review/network/picture";
import { networkReport } from "../../review/network/report";
import { networkRows } from "../../review/network/rows";
import { toNetworkText } from "../../review/network/text";
import type { Plan } from "../../review/input/plan";
import { readList } from "../../review/input/list";

const plan = (resources: unknown): Plan => readList(JSON.stringify(resources), "list.json");

const EXPECTED = {
  aws: ["the internet>balancer", "balancer>web", "web>db"],
  azure: ["the internet>front", "front>web", "web>cache", "web>db"],
  gcp: ["the internet>edge", "edge>web", "web>cache", "web>db"],
  docker: ["the internet>proxy", "proxy>web", "web>db"],
};

describe.each([
  ["aws", aws],
  ["azure", azure],
  ["gcp", gcp],
  ["docker", docker],
] as const)("%s", (cloud, example) => {
  const report = networkReport(plan(example()));

  it("holds every way that was meant, and no other", () => {
    const rows = networkRows(report);
    const ways = [...new Set(rows.map(({ from, to }) => `${from}>${to}`))];
    expect(ways.sort()).toEqual([...EXPECTED[cloud]].sort());
    expect(rows.filter(({ verdict, meant }) => verdict !== "yes" || !meant)).toEqual([]);
  });

  it("draws every member once, in both forms", () => {
    const svg = networkPicture(report, "a plan");
    const chart = toMermaid(report);
    for (const { name } of report.nodes) {
      expect(svg.split(`bold" fill="#1b1f23">${name}</text>`)).toHaveLength(2);
      expect(chart.split(`"${name}"`)).toHaveLength(2);
    }
    expect(svg.match(/<path d="M\d/g)).toHaveLength(
      report.uses.length + report.nodes.flatMap(({ internet }) => internet).length + 1,
    );
  });
});

it("tells a way that is missing, one that was not meant, and one that nobody knows", () => {
  const report = networkReport(
    plan(
      aws({
        "store-from-app": { referencedSecurityGroupId: { ref: "edge.id" } },
        "app-from-edge": { referencedSecurityGroupId: "sg-0123456789" },
      }),
    ),
  );
  const text = toNetworkText(report);
  expect(text).toMatch(/web +db +5432 +meant +no +no ingress rule of store lets TCP 5432 in/);
  expect(text).toMatch(/balancer +db +5432 +not meant +yes +store-from-app/);
  const chart = toMermaid(report);
  expect(chart).toMatch(/n1 --x\|"5432"\| n2/);
  expect(chart).toMatch(/n0 ==>\|"not meant"\| n2/);
});

it("quotes names", () => {
  const report = networkReport(plan([{ ...docker().at(-1), name: 'a"b<c' }]));
  expect(toMermaid(report)).toContain('"a#quot;b<c"');
  expect(networkPicture(report, "a plan")).toContain("a&quot;b&lt;c");
});

import { settle } from "../../sandbox/cli/recover";
import type { StateResource } from "../../sandbox/cli/recover";
import type { CloudObject } from "../../sandbox/lib/store";

const URN = "urn:pulumi:dev::shop::aws:ec2/vpc:Vpc::net";
const resource = (id?: string): StateResource => ({
  urn: URN,
  type: "aws:ec2/vpc:Vpc",
  ...(id && { id }),
});
const object = (id: string): CloudObject => ({
  ...{ type: "aws:ec2/vpc:Vpc", id, urn: URN, place: "", created: "", updated: "" },
  ...{ inputs: {}, outputs: {}, references: [] },
});

function run(
  resources: StateResource[],
  pending: { type: string; resource: StateResource },
  objects: CloudObject[],
) {
  const state = { deployment: { resources, pending_operations: [pending] } };
  const notes = settle(state, objects);
  expect(state.deployment.pending_operations).toEqual([]);
  return {
    notes,
    left: state.deployment.resources.map(({ id, delete: goes }) => (goes ? `${id} goes` : id)),
  };
}

test("a creation the cloud finished is imported", () => {
  const { left } = run([], { type: "creating", resource: resource() }, [object("vpc-1")]);
  expect(left).toEqual(["vpc-1"]);
});

test("a creation the cloud never began is cleared", () => {
  expect(run([], { type: "creating", resource: resource() }, []).left).toEqual([]);
});

test("a finished replacement leaves the old one for deletion", () => {
  const objects = [object("vpc-1"), object("vpc-2")];
  const { left } = run([resource("vpc-1")], { type: "creating", resource: resource() }, objects);
  expect(left).toEqual(["vpc-1 goes", "vpc-2"]);
});

test("a replacement that was never begun leaves the old one alone", () => {
  const { left } = run([resource("vpc-1")], { type: "creating", resource: resource() }, [
    object("vpc-1"),
  ]);
  expect(left).toEqual(["vpc-1"]);
});

test("a finished deletion is taken out of the state", () => {
  expect(
    run([resource("vpc-1")], { type: "deleting", resource: resource("vpc-1") }, []).left,
  ).toEqual([]);
});

test("a deletion that was never begun and an update are read anew", () => {
  for (const type of ["deleting", "updating"]) {
    const { left, notes } = run([resource("vpc-1")], { type, resource: resource("vpc-1") }, [
      object("vpc-1"),
    ]);
    expect(left).toEqual(["vpc-1"]);
    expect(notes[0]).toMatch(/is read anew/);
  }
});

import { CONTAINER, halfMade } from "../../release/drivers/docker-containers";
import { Stack } from "../../release/stack";

const labels = [
  { label: "portolan.system", value: "lattice-policy" },
  { label: "portolan.stack", value: "staging" },
];
const stackWith = (inputs: object, more: object = {}): Stack =>
  new Stack(
    JSON.stringify({
      deployment: {
        resources: [
          {
            urn: `urn:pulumi:s::p::${CONTAINER}::api`,
            type: CONTAINER,
            inputs,
            outputs: { name: "known" },
            ...more,
          },
        ],
      },
    }),
  );
const line = (name: string, stack = "staging"): string =>
  JSON.stringify({
    Names: name,
    Labels: `portolan.component=api,portolan.stack=${stack},portolan.system=lattice-policy`,
  });

test("what the state does not know is half made, if it is the stack's own", () => {
  const lines = [line("known"), line("lost"), line("another", "prod"), ""].join("\n");
  expect(halfMade(stackWith({ labels }), lines)).toEqual(["lost"]);
});

test("what was deleted to be made anew is no longer known", () => {
  const stack = stackWith({ labels }, { pendingReplacement: true });
  expect(halfMade(stack, line("known"))).toEqual(["known"]);
});

test("without labels to go by nothing is", () => {
  expect(halfMade(stackWith({}), line("lost"))).toEqual([]);
});

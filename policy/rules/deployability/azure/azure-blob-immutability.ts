import { STORAGE } from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { isKept } from "../../../lib/deployability/kept";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import { undecided, violation, type Report } from "../../../lib/rule";

const CONTAINER = "azure-native:storage:BlobContainer";
const POLICY = "azure-native:storage:BlobContainerImmutabilityPolicy";
const SERVICE = "azure-native:storage:BlobServiceProperties";

export const rule = deployability({
  id: "azure-blob-immutability",
  title:
    "What is locked for good is protected in the plan too, and policies wait for their container",
  confidence: "medium",
  fails: {
    when: "destroy",
    effect: "error",
    answer: "409: a container or account under a locked policy cannot be deleted or replaced.",
  },
  fix: "Set protect on what holds a locked policy, so that nobody plans to replace it, or leave the state Unlocked; call a container's policy default and make it from the container's name.",
  source: "https://learn.microsoft.com/azure/storage/blobs/immutable-storage-overview",
  check: {
    [STORAGE]: (account): Report[] => {
      const policy = account.at("immutableStorageWithVersioning.immutabilityPolicy");
      const state = policy.at("state");
      if (isKept(account)) return [];
      if (state.unknown) return [undecided(state)];
      return state.isWord("Locked")
        ? [violation(state, "the policy is locked for good, and the account is not protected")]
        : [];
    },
    [POLICY]: (policy): Report[] => {
      const name = policy.at("immutabilityPolicyName");
      const days = policy.at("immutabilityPeriodSinceCreationInDays");
      const wrongName =
        name.text === undefined || name.isWord("default")
          ? []
          : [
              {
                ...violation(name, `the policy is called "${name.text}", not "default"`),
                answer: "400: the name of the ImmutabilityPolicy must be 'default'.",
              },
            ];
      if (days.unknown) return [...wrongName, undecided(days)];
      return days.number !== undefined && days.number < 1
        ? [
            ...wrongName,
            {
              ...violation(days, "the period has to be at least one day"),
              answer: "400: immutabilityPeriodSinceCreationInDays must be at least 1.",
            },
          ]
        : wrongName;
    },
  },
  checkStack: {
    types: [POLICY, CONTAINER],
    run: (graph, context) => [
      ...ofEach([POLICY], (policy) => {
        const at = policy.at("containerName");
        const { resource: container } = target(graph, policy, at, CONTAINER);
        if (container === undefined || graph.closure(policy).has(container)) return [];
        return [
          {
            ...violation(at, `nothing makes it wait for container ${container.name}`),
            answer: "404 ContainerNotFound: The specified container does not exist.",
          },
        ];
      }).run(graph, context),
      ...ofEach([CONTAINER], (container): Report[] => {
        const enabled = container.at("immutableStorageWithVersioning.enabled");
        const account = target(graph, container, container.at("accountName"), STORAGE).resource;
        if (enabled.boolean !== true || account === undefined) return [];
        const [service] = graph
          .ofType(SERVICE)
          .filter((one) => target(graph, one, one.at("accountName"), STORAGE).resource === account);
        return service?.at("isVersioningEnabled").boolean === false
          ? [
              {
                ...violation(enabled, `versioning is off on ${account.name}`),
                answer: "400: immutable storage with versioning needs blob versioning.",
              },
            ]
          : [];
      }).run(graph, context),
    ],
  },
});

import { AFDOrigin, AFDOriginGroup, Rule, RuleSet } from "@pulumi/azure-native/cdn";
import type * as pulumi from "@pulumi/pulumi";
import { CANDIDATE_HEADER } from "../../components/held-traffic";
import { fit } from "../../components/naming";
import type { NetworkAttachment } from "./attachments";
import type { Rules } from "./edge-rules";
import { alphanumeric } from "./names";
import { settings } from "./settings";

/** The profile that children of it belong to. */
export interface ProfileArgs {
  readonly profileName: pulumi.Input<string>;
  readonly resourceGroupName: pulumi.Input<string>;
}

interface Request {
  readonly name: string;
  readonly profile: ProfileArgs;
  readonly network: NetworkAttachment;
  /** What the request for a private connection says; the approval looks for it. */
  readonly message: string;
  readonly parent: pulumi.ComponentResource;
}

export interface Origin {
  readonly group: AFDOriginGroup;
  readonly origin: AFDOrigin;
}

/** One app behind a private connection, in a group of its own. */
export function originOf(request: Request, key: string, host: pulumi.Input<string>): Origin {
  const { name, profile, network, message, parent } = request;
  const group = new AFDOriginGroup(
    `${name}-origins-${key}`,
    {
      ...profile,
      originGroupName: fit(key, 60),
      // One origin has nothing to choose from: probes from every point of presence would only be
      // load. The app's own readiness probes decide which replica answers.
      loadBalancingSettings: {
        sampleSize: 4,
        successfulSamplesRequired: 3,
        additionalLatencyInMilliseconds: 50,
      },
      sessionAffinityState: "Disabled",
    },
    { parent },
  );
  const origin = new AFDOrigin(
    `${name}-origin-${key}`,
    {
      ...profile,
      originGroupName: group.name,
      originName: fit(key, 60),
      hostName: host,
      // The environment knows its apps by this name alone.
      originHostHeader: host,
      httpPort: 80,
      httpsPort: 443,
      priority: 1,
      weight: 1000,
      enforceCertificateNameCheck: true,
      enabledState: "Enabled",
      sharedPrivateLinkResource: {
        groupId: "managedEnvironments",
        privateLink: { id: network.environment.id },
        privateLinkLocation: settings().location,
        requestMessage: message,
      },
    },
    { parent },
  );
  return { group, origin };
}

/** Sends requests that name a service in the header to its candidate, and no others. */
export function candidateRules(
  { name, profile, parent }: Request,
  candidates: Readonly<Record<string, Origin>>,
): Rules {
  const set = new RuleSet(
    `${name}-candidates`,
    { ...profile, ruleSetName: "candidates" },
    { parent },
  );
  const rules: Rule[] = [];
  for (const [service, { group, origin }] of Object.entries(candidates)) {
    const before = rules.at(-1);
    rules.push(
      new Rule(
        `${name}-candidate-${service}`,
        {
          ...profile,
          ruleSetName: set.name,
          ruleName: `candidate${alphanumeric(service)}`,
          order: rules.length + 1,
          matchProcessingBehavior: "Continue",
          conditions: [
            {
              name: "RequestHeader",
              parameters: {
                typeName: "DeliveryRuleRequestHeaderConditionParameters",
                selector: CANDIDATE_HEADER,
                operator: "Equal",
                matchValues: [service],
              },
            },
          ],
          actions: [
            {
              name: "RouteConfigurationOverride",
              parameters: {
                typeName: "DeliveryRuleRouteConfigurationOverrideActionParameters",
                originGroupOverride: {
                  originGroup: { id: group.id },
                  forwardingProtocol: "HttpsOnly",
                },
              },
            },
          ],
        },
        { parent, dependsOn: before ? [origin, before] : [origin] },
      ),
    );
  }
  return { set, rules };
}

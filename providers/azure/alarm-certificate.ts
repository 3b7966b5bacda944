import { Component, WebTest } from "@pulumi/azure-native/applicationinsights";
import { MetricAlert } from "@pulumi/azure-native/monitor";
import type { CertificatePlan } from "./alarm-plan";
import type { AlertRequest } from "./alarms";
import { settings } from "./settings";

/** From where the edge is asked: two places of Azure's in Europe, one in America. */
const PLACES = ["emea-nl-ams-azr", "emea-gb-db3-azr", "us-va-ash-azr"];

/**
 * Asks the edge from outside and looks at its certificate. The answer does not matter: a firewall
 * that refuses has shown its certificate before.
 */
export function certificateAlert(request: AlertRequest<CertificatePlan>): void {
  const { name, plan, group, actions, tags, parent } = request;
  const { location } = settings();
  const [host = ""] = plan.hosts;
  const insights = new Component(
    `${name}-results`,
    {
      resourceGroupName: group.name,
      location,
      kind: "web",
      applicationType: "web",
      workspaceResourceId: plan.workspaceId,
      ingestionMode: "LogAnalytics",
      disableLocalAuth: true,
      tags,
    },
    { parent },
  );
  const test = new WebTest(
    `${name}-test`,
    {
      resourceGroupName: group.name,
      location,
      webTestKind: "standard",
      webTestName: name,
      syntheticMonitorId: name,
      enabled: true,
      frequency: 900,
      timeout: 30,
      retryEnabled: true,
      locations: PLACES.map((place) => ({ location: place })),
      request: { requestUrl: `https://${host}/`, httpVerb: "GET", followRedirects: false },
      validationRules: {
        ignoreHttpStatusCode: true,
        sSLCheck: true,
        sSLCertRemainingLifetimeCheck: plan.days,
      },
      // The tag is how Azure knows where the results belong.
      tags: insights.id.apply((id) => ({ ...tags, [`hidden-link:${id}`]: "Resource" })),
    },
    { parent },
  );
  new MetricAlert(
    name,
    {
      resourceGroupName: group.name,
      location: "global",
      description: `the certificate of ${host} ends in less than ${plan.days} days, or nobody answers`,
      severity: 2,
      enabled: true,
      autoMitigate: true,
      scopes: [test.id, insights.id],
      windowSize: "PT30M",
      evaluationFrequency: "PT15M",
      criteria: {
        odataType: "Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria",
        webTestId: test.id,
        componentId: insights.id,
        failedLocationCount: 2,
      },
      actions: [{ actionGroupId: actions.id }],
      tags,
    },
    { parent },
  );
}

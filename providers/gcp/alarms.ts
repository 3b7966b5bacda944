import { AlertPolicy, NotificationChannel } from "@pulumi/gcp/monitoring";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type { AlarmsBuilder, AlarmsLinks, AlarmsSpec, Destinations } from "../../components/alarms";
import { conditionsOf, describeSignals } from "./alarm-conditions";
import { foundation } from "./foundation";
import { labels } from "./labels";
import { childName, plain } from "./names";
import type { Scope } from "./scope";
import { settings } from "./settings";

const describe: Parity<AlarmsSpec> = {
  signals: "one Cloud Monitoring alert policy each",
  destinations: "notification channels: e-mail, and webhooks that get a POST",
};

function resolveAlarms(
  spec: AlarmsSpec,
  { path, problems, environment }: ResolveContext,
): AlarmsSpec {
  const { emails = [], webhooks = [] } = spec.destinations;
  if (environment.profile === "prod" && emails.length + webhooks.length === 0) {
    problems.add(`${path}.destinations`, "nobody would be told; give an e-mail or a webhook");
  }
  for (const webhook of webhooks.filter((url) => !url.startsWith("https://"))) {
    problems.add(
      `${path}.destinations.webhooks`,
      `"${webhook}" is not https; give an https address`,
    );
  }
  return spec;
}

function buildAlarms(request: BuildRequest<AlarmsSpec, AlarmsLinks>): object {
  const { name, spec, parent, environment } = request;
  const { project } = settings();
  const { apis } = foundation(request);
  const channels = notify(request, spec.destinations);
  for (const [alarm, signal] of Object.entries(spec.signals)) {
    const { conditions, combiner, dependsOn = [] } = conditionsOf(request, alarm, signal);
    new AlertPolicy(
      `${name}-${alarm}`,
      {
        project,
        displayName: `${environment.system} ${environment.stack}: ${alarm}`,
        combiner,
        conditions,
        notificationChannels: channels.map(({ id }) => id),
        severity: environment.protected ? "CRITICAL" : "WARNING",
        // An alarm that is over closes itself after half an hour without a new report.
        alertStrategy: { autoClose: "1800s" },
        documentation: {
          mimeType: "text/markdown",
          content: `${describeKind(signal.kind)} — component \`${signal.target}\`.`,
        },
        userLabels: labels(environment, signal.target),
      },
      { parent, dependsOn: [apis.monitoring, ...dependsOn] },
    );
  }
  return {};
}

const describeKind = (kind: keyof typeof describeSignals): string => {
  const words = describeSignals[kind];
  return typeof words === "string" ? words : kind;
};

function notify(scope: Scope, { emails = [], webhooks = [] }: Destinations): NotificationChannel[] {
  const { name, parent, environment } = scope;
  const { project } = settings();
  const { apis } = foundation(scope);
  const channel = (
    address: string,
    type: string,
    channelLabels: Record<string, string>,
  ): NotificationChannel =>
    new NotificationChannel(
      childName(name, "to", plain(address.replace(/^https:\/\//, ""))),
      {
        project,
        type,
        displayName: `${environment.system} ${environment.stack}`,
        labels: channelLabels,
        userLabels: labels(environment, name),
      },
      { parent, dependsOn: [apis.monitoring] },
    );
  return [
    ...emails.map((email) => channel(email, "email", { email_address: email })),
    // The plain webhook's type is called after a token that may stand in the address.
    ...webhooks.map((url) => channel(url, "webhook_tokenauth", { url })),
  ];
}

export const alarms: AlarmsBuilder = {
  ...builder({ cloud: "gcp", describe, resolve: resolveAlarms, build: buildAlarms }),
  signals: describeSignals,
  privateCertificate: "uptime checks ask from outside, where nobody sees a private edge",
};

import { LogSubscriptionFilter } from "@pulumi/aws/cloudwatch/logSubscriptionFilter";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import type { FirehoseDeliveryStream } from "@pulumi/aws/kinesis/firehoseDeliveryStream";
import type * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  LogArchiveBuilder,
  LogArchiveLinks,
  LogArchiveSpec,
} from "../../components/log-archive";
import type { ArchiveAttachment, LoggedAttachment, SecretAttachment } from "./attachments";
import { allow, serviceRole } from "./identity";
import { archiveStream, delivery, splunkStream } from "./log-streams";
import { scopeOf, type Scope } from "./scope";

const describe: Parity<LogArchiveSpec> = {
  sources: "subscription filter on the log group, two streams at most per group",
  archive: "Data Firehose into the locked bucket, under its default lock",
  siem: "Splunk: Data Firehose to the HTTP event collector; what it refuses goes to the archive",
};

function resolve(spec: LogArchiveSpec, { path, problems }: ResolveContext): LogArchiveSpec {
  const { archive, siem } = spec;
  if (archive === undefined) {
    problems.add(
      `${path}.archive`,
      "is missing; name an entry of archives, AWS can keep audit logs itself",
    );
  }
  if (siem && siem.kind !== "splunk") {
    problems.add(
      `${path}.siem.kind`,
      `${siem.kind} cannot be fed from CloudWatch; use splunk, or let the SIEM read the archive`,
    );
  }
  if (siem?.kind === "splunk" && !siem.url.startsWith("https://")) {
    problems.add(`${path}.siem.url`, `"${siem.url}" is no https:// address`);
  }
  return spec;
}

function build(request: BuildRequest<LogArchiveSpec, LogArchiveLinks>): object {
  const scope = scopeOf(request);
  const { spec, links } = request;
  if (!links.archive) throw new Error("audit logs have no archive");
  const archive = attachmentOf<ArchiveAttachment>(links.archive.attachment, "aws");
  const token = links.token && attachmentOf<SecretAttachment>(links.token.attachment, "aws");
  const route = delivery(scope, archive, token);
  const streams: Record<string, FirehoseDeliveryStream> = {
    archive: archiveStream(scope, archive, route),
    ...(spec.siem?.kind === "splunk"
      ? { splunk: splunkStream(scope, spec.siem.url, archive, route) }
      : {}),
  };
  const role = feeder(scope, Object.values(streams));
  for (const source of spec.sources) {
    const logGroup = logGroupOf(links, source);
    for (const [target, stream] of Object.entries(streams)) {
      new LogSubscriptionFilter(
        `${scope.name}-${source}-to-${target}`,
        {
          logGroup,
          name: target,
          // Everything.
          filterPattern: "",
          destinationArn: stream.arn,
          roleArn: role.arn,
        },
        { ...scope.child, dependsOn: role.ready },
      );
    }
  }
  return {};
}

function logGroupOf(
  { services, jobs, postgres }: LogArchiveLinks,
  source: string,
): pulumi.Output<string> {
  const found = services[source] ?? jobs[source] ?? postgres[source];
  if (!found) throw new Error(`there is no service, job or database "${source}"`);
  return attachmentOf<LoggedAttachment>(found.attachment, "aws").logGroup;
}

/** CloudWatch Logs tests the subscription when it is made, so the right comes first. */
function feeder(
  scope: Scope,
  streams: readonly FirehoseDeliveryStream[],
): { readonly arn: pulumi.Output<string>; readonly ready: pulumi.Resource } {
  const { name, child } = scope;
  const role = serviceRole(scope, `${name}-feed`, "logs.amazonaws.com");
  const ready = new RolePolicy(
    `${name}-feed`,
    {
      role: role.name,
      policy: allow([
        {
          actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
          resources: streams.map(({ arn }) => arn),
        },
      ]),
    },
    child,
  );
  return { arn: role.arn, ready };
}

export const logArchive: LogArchiveBuilder = builder({ cloud: "aws", describe, resolve, build });

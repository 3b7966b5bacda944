import * as pulumi from "@pulumi/pulumi";
import { ProjectSink } from "@pulumi/gcp/logging";
import { Subscription, Topic, TopicIAMMember } from "@pulumi/gcp/pubsub";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type { LogArchiveLinks, LogArchiveSpec } from "../../components/log-archive";
import {
  gcp,
  type ArchiveAttachment,
  type JobAttachment,
  type ServiceAttachment,
  type StoreAttachment,
} from "./attachments";
import { grantBucket } from "./buckets";
import { agentOf, customerKey } from "./customer-key";
import { foundation, rareApi } from "./foundation";
import { labels } from "./labels";
import { stackName, stemOf } from "./names";
import { PROFILE } from "./profile";
import { settings } from "./settings";

type Request = BuildRequest<LogArchiveSpec, LogArchiveLinks>;

const describe: Parity<LogArchiveSpec> = {
  sources: "one log sink with a filter on these services, jobs and databases",
  archive: "the sink writes to the bucket, hour by hour, with an identity of its own",
  siem:
    "pubsub: a topic that the sink writes to, with a subscription that keeps what was not fetched for " +
    "seven days. splunk, sentinel and syslog are refused: Cloud Logging feeds them only by way of something of their own that collects",
};

function resolve(spec: LogArchiveSpec, { path, problems }: ResolveContext): LogArchiveSpec {
  if (spec.archive === undefined && spec.siem === undefined) {
    problems.add(path, "names neither an archive nor a SIEM; name one, or leave auditLogs out");
  }
  if (spec.siem && spec.siem.kind !== "pubsub") {
    problems.add(
      `${path}.siem`,
      `${spec.siem.kind} is not supported on gcp: Cloud Logging writes to Pub/Sub and to nothing ` +
        "outside Google Cloud; use kind pubsub, which the SIEM's collector reads",
    );
  }
  return spec;
}

function build(request: Request): object {
  const { spec, links } = request;
  const filter = pulumi.all(spec.sources.map((source) => filterOf(source, links)));
  const entries = filter.apply((parts) => parts.map((part) => `(${part})`).join(" OR "));
  if (links.archive) {
    const { bucket } = gcp<ArchiveAttachment>(links.archive.attachment);
    const written = sink(
      request,
      "archive",
      pulumi.interpolate`storage.googleapis.com/${bucket}`,
      entries,
    );
    grantBucket(request, "archive-writer", bucket, {
      role: "roles/storage.objectCreator",
      member: written.writerIdentity,
    });
  }
  if (spec.siem) exportTo(request, entries);
  return {};
}

function sink(
  { name, parent, environment }: Request,
  role: string,
  destination: pulumi.Output<string>,
  filter: pulumi.Output<string>,
): ProjectSink {
  return new ProjectSink(
    `${name}-${role}-sink`,
    {
      project: settings().project,
      name: stackName(`${name}-${role}`, environment, 90),
      destination,
      filter,
      uniqueWriterIdentity: true,
    },
    { parent, dependsOn: [foundation({ name, parent, environment }).apis.logging] },
  );
}

/** Messages stay in the region, and wait for a collector that is down. */
function exportTo(request: Request, filter: pulumi.Output<string>): void {
  const { name, parent, environment } = request;
  const { project, region } = settings();
  const key = PROFILE[environment.profile].secretsCustomerKey
    ? customerKey(request, agentOf(request, "pubsub"))
    : undefined;
  const topic = new Topic(
    stemOf(`${name}-siem`, environment, 255),
    {
      project,
      ...(key ? { kmsKeyName: key.id } : {}),
      messageStoragePolicy: { allowedPersistenceRegions: [region] },
      labels: labels(environment, name),
    },
    { parent, dependsOn: [rareApi(request, "pubsub"), ...(key ? [key.granted] : [])] },
  );
  const written = sink(
    request,
    "siem",
    pulumi.interpolate`pubsub.googleapis.com/${topic.id}`,
    filter,
  );
  new TopicIAMMember(
    `${name}-siem-writer`,
    { project, topic: topic.name, role: "roles/pubsub.publisher", member: written.writerIdentity },
    { parent },
  );
  new Subscription(
    stemOf(`${name}-siem-collector`, environment, 255),
    {
      project,
      topic: topic.id,
      messageRetentionDuration: "604800s",
      // A collector that is replaced may take longer than the default of 31 days.
      expirationPolicy: { ttl: "" },
      labels: labels(environment, name),
    },
    { parent },
  );
}

/** The lines of one source. */
function filterOf(
  source: string,
  { services, jobs, postgres }: LogArchiveLinks,
): pulumi.Output<string> {
  if (services[source]) {
    const { serviceName } = gcp<ServiceAttachment>(services[source].attachment);
    return pulumi.interpolate`resource.type="cloud_run_revision" AND resource.labels.service_name="${serviceName}"`;
  }
  if (jobs[source]) {
    const { namePrefix } = gcp<JobAttachment>(jobs[source].attachment);
    return pulumi.output(
      `resource.type="cloud_run_job" AND resource.labels.job_name=~"^${namePrefix}"`,
    );
  }
  const database = postgres[source];
  if (!database) throw new Error(`there is no service, job or database "${source}"`);
  const { metricId } = gcp<StoreAttachment>(database.attachment);
  return pulumi.interpolate`resource.type="cloudsql_database" AND resource.labels.database_id="${metricId}"`;
}

export const logArchive = builder({ cloud: "gcp", describe, resolve, build });

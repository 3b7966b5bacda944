/**
 * Types whose loss loses data, or makes data unreadable: databases, caches, disks, files, buckets, logs,
 * vaults, keys and what secrets are made of. By the words of their tokens, so that foreign programs and
 * types that nobody has listed count too.
 */
const HOLDS_DATA = [
  /:rds\/|:docdb\/|:neptune\/|:redshift|:dynamodb\/table|:elasticache\/(replication|cluster|serverless)/i,
  /:(sql|cloudsql|spanner|bigtable|bigquery|alloydb|firestore|redis|memorystore)\//i,
  /:(dbfor\w+|sql|documentdb|cosmosdb|redisenterprise|cache|redis):\w*(server|cluster|account|database|redis|instance)$/i,
  /:(s3|efs|ebs|fsx|backup)\/(bucket|bucketV2|fileSystem|volume|vault|snapshot)[:/]/i,
  /:s3\/bucket(V2)?:/i,
  /:storage[:/](bucket|StorageAccount|BlobContainer|FileShare|Queue|Table)/i,
  /:(compute|ec2)[:/].*(disk|volume)\b/i,
  /:(filestore|file|netapp)\/?:?/i,
  /:(kms|keyvault)[:/].*(key|vault|cryptoKey|keyRing)\b/i,
  /:(secretsmanager|secretmanager|keyvault)[:/].*secret/i,
  /:cloudwatch\/logGroup:|:operationalinsights:Workspace|:logging\/projectBucketConfig:/i,
  /^docker:index\/volume:/i,
  /^random:index\/random(Bytes|Password|String|Id|Uuid)/i,
  /^tls:index\/privateKey/i,
  /:(kinesis|sqs|msk|eventhub|servicebus|pubsub|amazonmq)[:/].*(stream|queue|topic|cluster|namespace|broker)/i,
];

/** Parts of a store that hold no data themselves: rules, links, policies, records of who may, single
 * versions of a secret. */
const ONLY_SETTINGS =
  /(policy|policies|rule|attachment|link|grant|binding|member|association|alias|parameterGroup|subnetGroup|config\w*|blockpublic\w*|notification|versioning|logging|acl|lifecycle\w*|roleassignment|firewall\w*|endpoint|version|user)(:|$)/i;

/** True for a type that data is lost with. */
export function holdsData(type: string): boolean {
  const kind = type.slice(type.indexOf(":") + 1);
  return !ONLY_SETTINGS.test(kind) && HOLDS_DATA.some((pattern) => pattern.test(type));
}

/** Second region for backups, on the same continent and under the same law where there is one. */
const PAIRS: Readonly<Record<string, string>> = {
  "ap-northeast-1": "ap-northeast-3",
  "ap-southeast-2": "ap-southeast-4",
  "ca-central-1": "ca-west-1",
  "eu-central-1": "eu-west-1",
  "eu-north-1": "eu-central-1",
  "eu-west-1": "eu-central-1",
  "eu-west-2": "eu-west-1",
  "eu-west-3": "eu-central-1",
  "us-east-1": "us-west-2",
  "us-east-2": "us-west-2",
  "us-gov-east-1": "us-gov-west-1",
  "us-gov-west-1": "us-gov-east-1",
  "us-west-2": "us-east-1",
};

export const backupRegion = (region: string): string | undefined => PAIRS[region];

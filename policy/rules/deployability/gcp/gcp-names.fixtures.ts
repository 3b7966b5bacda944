import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const named =
  (type: string, property: string) =>
  (value: unknown, name?: string, more: object = {}) =>
    resource(type, { [property]: value, ...more }, name ?? "it");
const network = named("gcp:compute/network:Network", "name");
const account = named("gcp:serviceaccount/account:Account", "accountId");
const service = named("gcp:cloudrunv2/service:Service", "name");
const bucket = named("gcp:storage/bucket:Bucket", "name");
const secret = named("gcp:secretmanager/secret:Secret", "secretId");

export const fixtures: Fixtures = {
  good: [
    network("main-vpc"),
    network(undefined, "MainVpc"),
    account("web-runtime"),
    service("shop-api"),
    bucket("acme-shop-files"),
    secret("DB_PASSWORD"),
    service("web", undefined, { labels: { team: "shop_1" } }),
  ],
  bad: [
    network("Main_VPC"),
    network("a".repeat(64)),
    network(undefined, "n".repeat(56)),
    account("web"),
    account("Web-Runtime"),
    account("a".repeat(31)),
    service("s".repeat(50)),
    service("shop_api"),
    bucket("Acme-Files"),
    bucket("google-files"),
    bucket("ab"),
    secret("db.password"),
    service("web", undefined, { labels: { Team: "shop" } }),
    service("web", undefined, { labels: { team: "Shop" } }),
  ],
  missing: [passes(network(undefined)), passes(secret(undefined))],
  unknown: [network(unknown), account(unknown)],
  wrongType: [passes(network(7)), passes(secret({}))],
};

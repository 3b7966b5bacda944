#!/usr/bin/env node
// Stands in for `aws`, `az` and `gcloud`, by the name it is called by: the few commands of a drill, on a simulated cloud in a file.
const fs = require("node:fs");
const path = require("node:path");

const program = path.basename(process.argv[1]);
const args = process.argv.slice(2);
const file = process.env.STAND_IN_CLOUD;
const cloud = JSON.parse(fs.readFileSync(file, "utf8"));

const option = (name) => args[args.indexOf(name) + 1];
const has = (...words) => words.every((word) => args.includes(word));
const fail = (message) => {
  console.error(message);
  process.exit(255);
};
const found = (id) => cloud.servers[id] ?? fail(`simulated: ${id} is not found`);

/** A look at a restored server brings it a step further. */
function look(id) {
  const server = found(id);
  if (server.becomes && --server.looks <= 0)
    Object.assign(server, { state: server.becomes, becomes: undefined });
  return server;
}

function restore(from, to) {
  if (cloud.faults.includes("refused")) fail("simulated: not allowed to restore");
  const becomes = cloud.faults.includes("broken") ? "failed" : "ready";
  cloud.servers[to] = {
    ...found(from),
    state: "creating",
    looks: 2,
    restored: true,
    ...(cloud.faults.includes("slow") ? {} : { becomes }),
  };
  if (cloud.faults.includes("public")) cloud.servers[to].public = true;
  if (cloud.faults.includes("smaller")) cloud.servers[to].storage = 10;
  if (cloud.faults.includes("unencrypted")) cloud.servers[to].key = undefined;
}

function remove(id) {
  if (found(id).protected) fail("simulated: it is protected against deletion");
  Reflect.deleteProperty(cloud.servers, id);
}

const STATES = {
  aws: { ready: "available", creating: "creating", failed: "incompatible-restore" },
  az: { ready: "Ready", creating: "Provisioning", failed: "Failed" },
  gcloud: { ready: "RUNNABLE", creating: "PENDING_CREATE", failed: "FAILED" },
};

const FORMS = {
  aws: (id, { state, storage, key, public: open }) => ({
    ...{
      DBInstanceIdentifier: id,
      DBInstanceStatus: STATES.aws[state],
      Engine: "postgres",
      EngineVersion: "16.10",
    },
    ...{
      AllocatedStorage: storage,
      StorageEncrypted: key !== undefined,
      KmsKeyId: key,
      PubliclyAccessible: open,
    },
    ...(cloud.newest ? { LatestRestorableTime: cloud.newest } : {}),
    DBSubnetGroup: { DBSubnetGroupName: "db" },
    VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-1" }],
    DBParameterGroups: [{ DBParameterGroupName: "db-16" }],
  }),
  az: (name, { state, storage, key, public: open }) => ({
    ...{ name, state: STATES.az[state], version: "16", storage: { storageSizeGb: storage } },
    dataEncryption: key ? { type: "AzureKeyVault", primaryKeyUri: key } : null,
    network: {
      publicNetworkAccess: open ? "Enabled" : "Disabled",
      delegatedSubnetResourceId: "/subnets/db",
      privateDnsZoneArmResourceId: "/zones/db",
    },
  }),
  gcloud: (name, { state, storage, key, public: open }) => ({
    ...{ name, state: STATES.gcloud[state], databaseVersion: "POSTGRES_16" },
    settings: {
      dataDiskSizeGb: String(storage),
      ipConfiguration: { ipv4Enabled: open, privateNetwork: "vpc" },
    },
    ...(key ? { diskEncryptionConfiguration: { kmsKeyName: key } } : {}),
  }),
};
const form = (id) => FORMS[program](id, look(id));
const all = () => Object.keys(cloud.servers).map((id) => FORMS[program](id, cloud.servers[id]));

const ANSWERS = {
  aws() {
    if (has("describe-db-instances")) {
      return {
        DBInstances: has("--db-instance-identifier")
          ? [form(option("--db-instance-identifier"))]
          : all(),
      };
    }
    if (
      has(
        "restore-db-instance-to-point-in-time",
        "--use-latest-restorable-time",
        "--no-publicly-accessible",
      )
    ) {
      return restore(
        option("--source-db-instance-identifier"),
        option("--target-db-instance-identifier"),
      );
    }
    if (has("delete-db-instance", "--skip-final-snapshot"))
      return remove(option("--db-instance-identifier"));
    return fail(`simulated: aws ${args.join(" ")} is not known`);
  },
  az() {
    if (has("account", "show")) return { id: "11111111-2222-3333-4444-555555555555" };
    if (has("backup", "list")) return cloud.newest ? [{ completedTime: cloud.newest }] : [];
    if (has("show")) return form(option("--name"));
    if (has("restore", "--subnet", "--yes"))
      return restore(option("--source-server").split("/").at(-1), option("--name"));
    if (has("list")) return all();
    if (has("delete", "--yes")) return remove(option("--name"));
    return fail(`simulated: az ${args.join(" ")} is not known`);
  },
  gcloud() {
    const [, , verb, id, target] = args;
    if (has("backups", "list"))
      return cloud.newest
        ? [
            { endTime: cloud.newest, status: "SUCCESSFUL" },
            { endTime: new Date().toISOString(), status: "FAILED" },
          ]
        : [];
    if (verb === "describe") return form(id);
    if (verb === "clone") {
      restore(id, target);
      return Object.assign(cloud.servers[target], { protected: true }) && undefined;
    }
    if (verb === "list") return all();
    if (verb === "patch" && has("--no-deletion-protection")) return (found(id).protected = false);
    if (verb === "delete" && has("--quiet")) return remove(id);
    return fail(`simulated: gcloud ${args.join(" ")} is not known`);
  },
};

const answer = ANSWERS[program]();
fs.writeFileSync(
  file,
  JSON.stringify({ ...cloud, calls: [...cloud.calls, `${program} ${args.join(" ")}`] }),
);
console.log(JSON.stringify(answer ?? null));

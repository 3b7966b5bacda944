import { refusal } from "./store.mjs";

/** What requests to a bucket or an object need and do: the actions' names are those of policies. */
export function operationOf({ method, headers }, url, body, store) {
  const [, bucket = "", ...rest] = decodeURIComponent(url.pathname).split("/");
  const key = rest.join("/");
  const has = (name) => url.searchParams.has(name);
  const bypass = headers["x-amz-bypass-governance-retention"] === "true";
  const may = [...(bypass ? ["s3:BypassGovernanceRetention"] : [])];
  const at = key === "" ? bucket : `${bucket}/${key}`;
  const todo = (action, run) => ({ actions: [`s3:${action}`, ...may], at, run });

  if (key === "") {
    if (method === "PUT" && has("versioning")) {
      return todo("PutBucketVersioning", () => {
        store.bucket(bucket).versioned = true;
      });
    }
    if (method === "PUT" && has("object-lock")) {
      return todo("PutBucketObjectLockConfiguration", () => {
        const found = store.bucket(bucket);
        if (!found.locked) throw refusal(409, "InvalidBucketState");
        found.retention = JSON.parse(body);
      });
    }
    if (method === "GET" && has("object-lock")) {
      return todo("GetBucketObjectLockConfiguration", () => {
        const { locked, versioned, retention } = store.bucket(bucket);
        return JSON.stringify({ locked, versioned, retention });
      });
    }
    if (method === "GET") {
      return todo("ListBucket", () => JSON.stringify(Object.keys(store.bucket(bucket).objects)));
    }
    if (method !== "PUT") throw refusal(405, "MethodNotAllowed");
    const locked = headers["x-amz-bucket-object-lock-enabled"] === "true";
    return todo("CreateBucket", () => store.makeBucket(bucket, locked));
  }
  if (has("retention")) {
    if (method !== "PUT") throw refusal(405, "MethodNotAllowed");
    return todo("PutObjectRetention", () => {
      const { mode, until } = JSON.parse(body);
      store.retain(bucket, key, mode, until, bypass);
    });
  }
  if (method === "GET") return todo("GetObject", () => store.get(bucket, key));
  if (method === "PUT") return todo("PutObject", () => store.put(bucket, key, body));
  if (method !== "DELETE") throw refusal(405, "MethodNotAllowed");
  const version = url.searchParams.get("versionId");
  if (version === null) return todo("DeleteObject", () => store.put(bucket, key, ""));
  return todo("DeleteObjectVersion", () => store.remove(bucket, key, version, bypass));
}

/** The stand-in's own way to administrate; the real one speaks an encrypted protocol. */
export function administrate(url, body, store) {
  const [, , , what] = url.pathname.split("/");
  const asked = JSON.parse(body);
  if (what === "policy") store.policies[asked.name] = asked.document;
  else if (what === "user") store.users[asked.name] = { secret: asked.secret, policies: [] };
  else if (what === "attach") {
    const { policies } = store.users[asked.user];
    if (policies.includes(asked.policy)) throw refusal(409, "PolicyAlreadyAttached");
    policies.push(asked.policy);
  } else if (what === "info") return JSON.stringify(store.users[asked.user].policies);
  else throw refusal(404, "NoSuchCall");
  return "";
}

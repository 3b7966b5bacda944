// Runs in AWS Lambda. Copies one image for linux/amd64 from a public registry into the stack's own
// ECR repository, over the registry's HTTP interface, unless it is there already.
//
// Payload: {source, repository, tag}; result: {digest, copied}
import { ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";

const INDEXES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];
const MANIFESTS = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** @param {{ source: string, repository: string, tag: string }} event */
export async function handler(event, _context, ecr = new ECRClient({})) {
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const { proxyEndpoint, authorizationToken } = authorizationData[0];
  const from = sourceOf(event.source);
  const to = {
    base: proxyEndpoint,
    repository: event.repository,
    reference: event.tag,
    authorization: `Basic ${authorizationToken}`,
  };
  return copy(from, to);
}

/** Splits a reference; Docker's short forms included. */
export function sourceOf(reference) {
  const [, name, tag, digest] =
    /^([^@]+?)(?::([\w.-]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(reference) ?? [];
  if (!name || (!tag && !digest)) throw new Error(`${reference} has neither a tag nor a digest`);
  const [first, ...rest] = name.split("/");
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const host = hasHost ? first : "registry-1.docker.io";
  const path = hasHost ? rest.join("/") : rest.length > 0 ? name : `library/${name}`;
  // A registry on the machine itself speaks plain HTTP, as for every other client.
  const scheme = /^(localhost|127\.0\.0\.1)(:|$)/.test(host) ? "http" : "https";
  return { base: `${scheme}://${host}`, repository: path, reference: digest ?? tag };
}

export async function copy(from, to) {
  const present = await call(to, "HEAD", `manifests/${to.reference}`, {
    headers: { accept: MANIFESTS.join(", ") },
    accept: [200, 404],
  });
  if (present.status === 200) {
    return { digest: present.headers.get("docker-content-digest"), copied: false };
  }
  const { type, text } = await manifestOf(from);
  const { config, layers } = JSON.parse(text);
  for (const { digest, size } of [config, ...layers]) await copyBlob(from, to, digest, size);
  const stored = await call(to, "PUT", `manifests/${to.reference}`, {
    headers: { "content-type": type },
    body: text,
    accept: [201],
  });
  return { digest: stored.headers.get("docker-content-digest"), copied: true };
}

/** The manifest for the architecture that the tasks run on. */
async function manifestOf(from) {
  const answer = await call(from, "GET", `manifests/${from.reference}`, {
    headers: { accept: [...INDEXES, ...MANIFESTS].join(", ") },
  });
  const type = answer.headers.get("content-type").split(";")[0];
  const text = await answer.text();
  if (MANIFESTS.includes(type)) return { type, text };
  const choice = JSON.parse(text).manifests?.find(
    ({ platform }) => platform?.os === "linux" && platform.architecture === "amd64",
  );
  if (!choice) throw new Error(`${from.repository}:${from.reference} has no image for linux/amd64`);
  from.reference = choice.digest;
  return manifestOf(from);
}

async function copyBlob(from, to, digest, size) {
  const present = await call(to, "HEAD", `blobs/${digest}`, { accept: [200, 404] });
  if (present.status === 200) return;
  const body = new Uint8Array(await (await call(from, "GET", `blobs/${digest}`)).arrayBuffer());
  if (body.length !== size)
    throw new Error(`${digest} has ${body.length} bytes instead of ${size}`);
  const session = await call(to, "POST", "blobs/uploads/", { accept: [202] });
  const sent = await call(to, "PATCH", locationOf(to, session), {
    headers: { "content-type": "application/octet-stream" },
    body,
    accept: [201, 202],
  });
  const end = new URL(locationOf(to, sent));
  end.searchParams.set("digest", digest);
  await call(to, "PUT", end.href, { accept: [201] });
}

const locationOf = ({ base }, answer) => new URL(answer.headers.get("location"), base).href;

/** One request, signed in on demand as the registry says, and checked for its status. */
async function call(registry, method, path, { headers = {}, body, accept = [200] } = {}) {
  const url = path.startsWith("http") ? path : `${registry.base}/v2/${registry.repository}/${path}`;
  const send = () =>
    fetch(url, {
      method,
      body,
      headers: {
        ...headers,
        ...(registry.authorization ? { authorization: registry.authorization } : {}),
      },
    });
  let answer = await send();
  if (answer.status === 401 && !registry.authorization) {
    registry.authorization = await anonymous(answer.headers.get("www-authenticate") ?? "");
    answer = await send();
  }
  if (accept.includes(answer.status)) return answer;
  throw new Error(
    `${method} ${url} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`,
  );
}

/** The token that a public registry hands to everybody. */
async function anonymous(challenge) {
  const fields = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
  );
  if (!fields.realm) throw new Error(`the registry does not say how to sign in: ${challenge}`);
  const url = new URL(fields.realm);
  for (const key of ["service", "scope"]) if (fields[key]) url.searchParams.set(key, fields[key]);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.origin} gave no token: ${answer.status}`);
  const { token, access_token } = await answer.json();
  return `Bearer ${token ?? access_token}`;
}

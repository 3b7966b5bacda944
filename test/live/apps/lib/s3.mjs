import { createHash, createHmac } from "node:crypto";
import https from "node:https";

const digestOf = (data) => createHash("sha256").update(data).digest("hex");
const hmac = (key, text) => createHmac("sha256", key).update(text).digest();
const encoded = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);

/** The part of a signature that names day and region. */
const scopeOf = (date, region) => `${date.slice(0, 8)}/${region}/s3/aws4_request`;

/** Signature, version 4, over method, path, query, host, date and content of a request. */
export function signatureOf({ method, path, query, host, date, content, region, secret }) {
  const sorted = Object.keys(query)
    .sort()
    .map((name) => `${encoded(name)}=${encoded(query[name])}`);
  const headers = `host:${host}\nx-amz-content-sha256:${content}\nx-amz-date:${date}\n`;
  const asked = [method, path, sorted.join("&"), headers, SIGNED, content].join("\n");
  const text = ["AWS4-HMAC-SHA256", date, scopeOf(date, region), digestOf(asked)].join("\n");
  const key = [date.slice(0, 8), region, "s3", "aws4_request"].reduce(
    (made, part) => hmac(made, part),
    `AWS4${secret}`,
  );
  return hmac(key, text).toString("hex");
}

const SIGNED = "host;x-amz-content-sha256;x-amz-date";

/** Asks an S3 store over TLS: `ask("PUT", "/bucket/key", { query, headers, body })`. */
export function s3Client({ endpoint, region, key, secret, ca }) {
  const { hostname, port, host } = new URL(endpoint);
  return (method, path, { query = {}, headers = {}, body = "" } = {}) => {
    const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const content = digestOf(body);
    const signature = signatureOf({
      ...{ method, path, query, host, date, content },
      region,
      secret,
    });
    const search = new URLSearchParams(query).toString();
    const options = {
      ...{ method, host: hostname, port, servername: hostname, ca },
      path: search === "" ? path : `${path}?${search}`,
      headers: {
        ...headers,
        ...{ host, "x-amz-date": date, "x-amz-content-sha256": content },
        "content-length": Buffer.byteLength(body),
        authorization: `AWS4-HMAC-SHA256 Credential=${key}/${scopeOf(date, region)}, SignedHeaders=${SIGNED}, Signature=${signature}`,
      },
    };
    return new Promise((resolve, reject) => {
      const request = https.request(options, (response) => {
        let text = "";
        response.on("data", (data) => (text += data));
        response.on("end", () => resolve({ status: response.statusCode, text }));
      });
      request.on("error", reject).end(body);
    });
  };
}

/** Who signed a request, if the signature is right for the secret that `secretOf` knows. */
export function signerOf(request, body, url, secretOf) {
  const { authorization = "", host, "x-amz-date": date = "" } = request.headers;
  const [, key, region, signature] =
    /Credential=([^/]+)\/\d{8}\/([^/]+)\/s3\/aws4_request,.*Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  const secret = key && secretOf(key);
  if (!secret || digestOf(body) !== request.headers["x-amz-content-sha256"]) return undefined;
  const query = Object.fromEntries(url.searchParams);
  const { method } = request;
  const { pathname: path } = url;
  const content = digestOf(body);
  const right = signatureOf({ ...{ method, path, query, host, date, content }, region, secret });
  return right === signature ? key : undefined;
}

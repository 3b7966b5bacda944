import { lookup } from "node:dns/promises";

/** Requests per client and window, counted in this process. */
export function limiter(allowed, seconds = 60) {
  const counts = new Map();
  const take = (client) => {
    const window = Math.floor(Date.now() / 1000 / seconds);
    const known = counts.get(client);
    const count = known?.window === window ? known.count + 1 : 1;
    counts.set(client, { window, count });
    return { allowed, left: allowed - count };
  };
  return { take };
}

const peerOf = ({ socket }) => socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";

/** The client's address as the proxy in front has written it. */
export const clientOf = (request) =>
  request.headers["x-forwarded-for"]?.split(",").at(0).trim() ?? peerOf(request);

/** The same, believed only from proxies in a list of addresses and names. */
export async function clientBehind(request, trusted) {
  const peer = peerOf(request);
  for (const each of trusted) {
    const known = await lookup(each, { all: true }).catch(() => []);
    if (known.some(({ address }) => address === peer)) return clientOf(request);
  }
  return peer;
}

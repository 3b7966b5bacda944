/** The engine's API, as far as the filter before it lets workspaces be made. */
export function engineOf(host) {
  const base = `${host.replace("tcp://", "http://")}/v1.41`;
  const ask = async (method, path, body) => {
    const answer = await fetch(base + path, {
      method,
      headers: { "Content-Type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  return {
    well: () => ask("GET", "/containers/json?limit=1"),
    async make(name, image, network) {
      await ask("POST", "/volumes/create", { Name: name });
      const { Id } = await ask("POST", `/containers/create?name=${name}`, {
        Image: image,
        User: "1000:1000",
        HostConfig: { NetworkMode: network, Binds: [`${name}:/workspace`] },
      });
      await ask("POST", `/containers/${Id}/start`);
      return Id;
    },
    async remove(name) {
      await ask("POST", `/containers/${name}/stop?t=1`);
      await ask("DELETE", `/containers/${name}`);
      await ask("DELETE", `/volumes/${name}`);
    },
  };
}

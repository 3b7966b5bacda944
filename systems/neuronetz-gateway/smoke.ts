import type { SmokeList } from "../../release/smoke";

/** A tenant's key for tests. */
const KEY = "NEURONETZ_SMOKE_KEY";

/** What a working neuronetz-gateway answers. */
export const smoke: SmokeList<{ model: string }> = ({ settings, host }) => {
  const gateway = { service: "gateway", host: host("gateway") };
  const chat = {
    ...{ ...gateway, path: "/v1/chat/completions", method: "POST" },
    json: {
      model: settings.model,
      stream: true,
      max_tokens: 8,
      messages: [{ role: "user", content: "Say hello." }],
    },
  };
  return [
    { shows: "the gateway answers", ...gateway, path: "/healthz", status: 200 },
    { shows: "a request without a key is refused", ...chat, status: 401 },
    {
      shows: "a model answers as a stream",
      ...{ ...chat, status: 200, headers: { authorization: `Bearer $${KEY}` }, needs: [KEY] },
      answers: { "content-type": /^text\/event-stream/ },
      body: /^data: /m,
    },
  ];
};

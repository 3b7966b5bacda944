import type { JobDescription, ServiceDescription } from "../../components/system";
import type { NeuronetzSettings } from "../neuronetz-gateway";

export const OLLAMA_IMAGE = "docker.io/ollama/ollama:0.12.6";

const MODELS = "/models";

/** The image runs as root and keeps models in root's home unless it is told otherwise. */
const ENV = { OLLAMA_MODELS: MODELS, HOME: "/tmp" };

/**
 * The model server. It has no authentication of its own: no edge routes to it, nothing but the
 * gateway may connect, and it has no way out.
 */
export function ollama(set: NeuronetzSettings, uid: number, logDays: number): ServiceDescription {
  return {
    image: "ollama",
    command: ["ollama", "serve"],
    port: 11434,
    cpu: set.ollamaCpu,
    memoryMiB: set.ollamaMemoryMiB,
    uid,
    uses: [],
    after: ["pull-model"],
    health: {
      path: "/api/tags",
      intervalSeconds: 30,
      timeoutSeconds: 5,
      healthyAfter: 2,
      unhealthyAfter: 3,
      startSeconds: 60,
    },
    scaling: { min: 1, max: 1 },
    stopGraceSeconds: 10,
    backgroundWork: true,
    ...(set.gpuMemoryGiB === undefined ? {} : { gpuMemoryGiB: set.gpuMemoryGiB }),
    mounts: { [MODELS]: "models" },
    containerName: "neuronetz-ollama",
    env: { ...ENV, OLLAMA_HOST: "0.0.0.0:11434", OLLAMA_KEEP_ALIVE: "24h" },
    logDays,
  };
}

/**
 * Loads the model into the store and ends: the only thing of Ollama's that ever talks to the
 * internet. A model that is there already takes a second.
 */
const SCRIPT = `
OLLAMA_HOST=127.0.0.1:11434 ollama serve &
for attempt in $(seq 1 60); do
  if ollama list >/dev/null 2>&1; then break; fi
  sleep 1
done
ollama pull "$MODEL"
`;

export const PULL_MODEL = {
  image: "ollama",
  command: ["sh", "-euc", SCRIPT],
  cpu: 1,
  memoryMiB: 2048,
  uses: [],
  egress: "https",
  mounts: { [MODELS]: "models" },
  env: ENV,
  timeoutSeconds: 840,
} as const satisfies Partial<JobDescription>;

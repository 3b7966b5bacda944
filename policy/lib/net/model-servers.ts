/** Servers of language models, by the last part of their image's name, with the port they listen on. */
const MODEL_SERVERS: readonly (readonly [RegExp, string, number])[] = [
  [/^ollama$/, "Ollama", 11_434],
  [/^(vllm|vllm-openai)$/, "vLLM", 8000],
  [/^(text-generation-inference|tgi)$/, "Text Generation Inference", 80],
  [/^(llama\.cpp|llama-cpp|llama-server)$/, "llama.cpp", 8080],
  [/^(localai|local-ai)$/, "LocalAI", 8080],
  [/^sglang$/, "SGLang", 30_000],
  [/^tritonserver$/, "Triton", 8000],
];

/** Ollama's port is nobody else's; it tells one whose image has another name, or is not known yet. */
export const OLLAMA = { name: "Ollama", port: 11_434 } as const;

/** A program that answers whoever reaches its port: none of them asks for a password unless it is made to. */
export interface ModelProgram {
  readonly name: string;
  readonly port: number;
}

/** The model server an image holds; undefined for anything else, web interfaces of model servers included. */
export function modelServerOfImage(image: string | undefined): ModelProgram | undefined {
  if (image === undefined) return undefined;
  const path = (image.split("@")[0] ?? "").replace(/:[^/:]*$/, "");
  const last = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const found = MODEL_SERVERS.find(([pattern]) => pattern.test(last));
  return found === undefined ? undefined : { name: found[1], port: found[2] };
}

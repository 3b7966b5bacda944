import type { SmokeList } from "./smoke";

/** One dynamic import per system. */
const LISTS: Record<string, () => Promise<{ smoke: SmokeList }>> = {
  "lattice-policy": () => import("../systems/lattice-policy/smoke"),
};

export async function loadSmokeList(system: string): Promise<SmokeList | undefined> {
  return (await LISTS[system]?.())?.smoke;
}

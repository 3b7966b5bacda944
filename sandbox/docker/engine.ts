import type { TypeTable } from "../lib/table";
import { container } from "./container";
import { imageFunctions, images } from "./images";
import { networks } from "./networks";
import { swarm } from "./swarm";

export const functions = imageFunctions;

export const types: Record<string, TypeTable> = {
  "docker:index/container:Container": container,
  ...networks,
  ...images,
  ...swarm,
};

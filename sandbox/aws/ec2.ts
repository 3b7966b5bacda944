import type { TypeTable } from "../lib/table";
import { addresses } from "./ec2-addresses";
import { machines } from "./ec2-machines";
import { network } from "./ec2-network";
import { images } from "./ec2-images";

export const types: Record<string, TypeTable> = { ...network, ...addresses, ...machines };
export const functions = images;

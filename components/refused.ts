import { builder, type Builder, type Parity } from "./builder";
import type { Cloud } from "./cloud";
import { UnsupportedOption } from "./errors";

/** A component that a cloud does not offer: every description of it is refused, with the reason. */
export function refused<Spec extends object, Links, Outputs>(
  cloud: Cloud,
  component: string,
  options: Readonly<Record<keyof Required<Spec>, true>>,
  why: string,
): Builder<Spec, Links, Outputs> {
  const describe = Object.fromEntries(
    Object.keys(options).map((option) => [option, { unsupported: why }]),
  ) as unknown as Parity<Spec>;
  return builder<Spec, Links, Spec, Outputs>({
    cloud,
    describe,
    resolve: (spec) => spec,
    build: () => {
      throw new UnsupportedOption(cloud, component, why);
    },
  });
}

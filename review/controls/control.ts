/** Resources of a type that show something by what is set on them. */
export interface Sign {
  readonly type: string;
  /** Text that the inputs hold. */
  readonly holds: RegExp;
}

/** Something a control wants to see, and what shows it. Rules and evidence both have to hold where both are given. */
export interface Requirement {
  /** The demand, as a short phrase. */
  readonly text: string;
  /** Rules that decide it: each one asked must pass, and at least one must have been asked. */
  readonly rules?: readonly string[];
  /** What shows it where none of the rules decides anything, as on a Docker host. */
  readonly otherwise?: readonly Sign[];
  /** Type tokens of which one must be there; on a Docker host, where all is containers, with a sign. */
  readonly types?: readonly (string | Sign)[];
  /** Text that the inputs of such a resource must hold besides, where its being there shows nothing. */
  readonly holds?: RegExp;
}

/** A control of NIST SP 800-53 as RayRay's security plan names it. */
export interface Control {
  /** Id without the catalogue, for example `SC-7`. */
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly Requirement[];
}

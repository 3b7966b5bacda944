/** A small plan of each cloud that every rule on reachability accepts. */
export { aws } from "./_example-aws";
export { azure } from "./_example-azure";
export { docker } from "./_example-docker";
export { gcp } from "./_example-gcp";

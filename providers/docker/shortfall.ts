import * as pulumi from "@pulumi/pulumi";

/**
 * Says in every preview and update that something asked for is not there. For promises that the
 * same description keeps on a cloud and one host cannot: refusing them would make the description
 * differ from target to target, keeping silent would be a lie.
 */
export function warn(parent: pulumi.Resource, option: string, sentence: string): void {
  void pulumi.log.warn(`${option}: ${sentence}`, parent);
}

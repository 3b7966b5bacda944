import type { BackendServiceArgs, URLMapArgs } from "@pulumi/gcp/compute";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "./scope";

/** What both kinds of Application Load Balancer are made of. */
export interface Balancer {
  /** Type that its access log is written under. */
  readonly logged: "http_load_balancer" | "internal_http_lb_rule";
  backend(
    logicalName: string,
    args: Pick<
      BackendServiceArgs,
      "backends" | "customRequestHeaders" | "healthChecks" | "portName" | "protocol" | "timeoutSec"
    >,
  ): pulumi.Output<string>;
  urlMap(
    logicalName: string,
    args: URLMapArgs,
  ): { id: pulumi.Output<string>; name: pulumi.Output<string> };
  /** Listens on 443 and serves the routes. */
  https(urlMap: pulumi.Output<string>, keepAliveSeconds: number): void;
  /** Listens on 80. */
  http(urlMap: pulumi.Output<string>): void;
}

export type MakeBalancer<Face> = (scope: Scope, face: Face) => Balancer;

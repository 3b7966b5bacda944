import type { ManagedPostgresSpec } from "../../components/managed-postgres";
import { FILES } from "./keeper";

/** What no parameter of a description may change. */
const FIXED: Readonly<Record<string, string>> = {
  listen_addresses: "*",
  ssl: "on",
  ssl_cert_file: `${FILES}/server.crt`,
  ssl_key_file: `${FILES}/server.key`,
  ssl_min_protocol_version: "TLSv1.2",
  password_encryption: "scram-sha-256",
  hba_file: `${FILES}/pg_hba.conf`,
};

/** True for a wish that would be overruled; one for what is set anyway does no harm. */
export const isFixed = (parameter: string, wish: string): boolean =>
  parameter in FIXED && FIXED[parameter] !== wish;

/** `postgres -c name=value ...`: memory by the container's size, then the description's wishes. */
export function postgresCommand(
  spec: Pick<ManagedPostgresSpec, "memoryMiB" | "parameters">,
): string[] {
  const parameters: Record<string, string> = {
    // Half of what the container may use is left to sessions and to the kernel's file cache.
    shared_buffers: `${Math.floor(spec.memoryMiB / 4)}MB`,
    effective_cache_size: `${Math.floor(spec.memoryMiB / 2)}MB`,
    max_connections: "100",
    ...spec.parameters,
    ...FIXED,
  };
  return [
    "postgres",
    ...Object.keys(parameters)
      .sort()
      .flatMap((name) => ["-c", `${name}=${parameters[name]}`]),
  ];
}

/** Everybody needs a password, and TLS unless inside the container; only clients' network may ask. */
export function hostRules(subnet: string): string {
  return [
    "# type  database  user  address  method",
    "local   all       all            scram-sha-256",
    `hostssl all       all   ${subnet} scram-sha-256`,
    "",
  ].join("\n");
}

/** Addresses at which clouds tell a machine its credentials, and other things that are none of a container's business. */
const PRIVATE = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];

/**
 * What containers may connect to, said to the chain that Docker asks first and leaves alone. The host
 * itself is not asked. Answers pass; new connections to the metadata service and to the private
 * network do not, and what is left is what was asked for.
 */
export function containerFirewall(request: {
  /** Interface that leads out of the host. */
  readonly outside: string;
  /** Addresses of the cloud's own services on the machine's link. */
  readonly metadata: readonly string[];
  /** The one of them that also resolves names; containers may ask it for names and for nothing else. */
  readonly resolver?: string;
  readonly egress: "none" | "https";
}): string {
  const { outside, metadata, resolver, egress } = request;
  const out = (rule: string): string => `iptables -A DOCKER-USER -o ${outside} ${rule}`;
  return [
    "#!/bin/sh",
    "set -eu",
    "iptables -F DOCKER-USER",
    ...(resolver === undefined
      ? []
      : ["udp", "tcp"].map(
          (protocol) =>
            `iptables -A DOCKER-USER -d ${resolver}/32 -p ${protocol} --dport 53 -j RETURN`,
        )),
    ...metadata.map((address) => `iptables -A DOCKER-USER -d ${address}/32 -j DROP`),
    "iptables -A DOCKER-USER -m conntrack --ctstate ESTABLISHED,RELATED -j RETURN",
    ...PRIVATE.map((range) => out(`-d ${range} -j DROP`)),
    ...(egress === "https" ? [out("-p tcp --dport 443 -j RETURN")] : []),
    out("-j DROP"),
    "iptables -A DOCKER-USER -j RETURN",
    "",
  ].join("\n");
}

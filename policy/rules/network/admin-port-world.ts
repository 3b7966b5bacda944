import { firewallChecks } from "../../lib/net/firewall-checks";
import { ADMIN_PORTS, portsIn } from "../../lib/net/ports";
import { DOCKER_TYPES, publishedPorts } from "../../lib/net/docker";
import { forTypes, undecided, violation, type Rule } from "../../lib/rule";

const firewalls = firewallChecks(
  () => (range, protocol) => (protocol === "udp" ? [] : portsIn(range, ADMIN_PORTS)),
);

export const rule: Rule = {
  id: "admin-port-world",
  title: "No firewall lets the internet reach a port of administration",
  severity: "critical",
  category: "admin-port",
  profile: "baseline",
  why: "SSH, RDP and remote APIs open to everybody are tried with stolen and guessed credentials all day.",
  fix: {
    aws: "Remove the rule and use Session Manager or ECS Exec, or limit it to a management network.",
    azure: "Remove the rule and use Bastion, or limit sourceAddressPrefix to a management network.",
    docker: 'Remove the port, or bind it to ip "127.0.0.1" and come in through a tunnel.',
    gcp: "Remove the rule and use Identity-Aware Proxy (sourceRanges 35.235.240.0/20).",
  },
  controls: { nist: ["AC-17", "SC-7", "CA-9"], cis: ["4.4", "12.8", "13.5"] },
  checkStack: firewalls.checkStack,
  check: {
    ...firewalls.check,
    ...forTypes(DOCKER_TYPES, (resource, { settings }) =>
      publishedPorts(resource, settings).flatMap(({ at, internal, external, world }) => {
        const port = [internal.number, external.number].find(
          (number) => number !== undefined && number in ADMIN_PORTS,
        );
        if (port === undefined || world === false) return [];
        if (world === undefined) return [undecided(at.at("ip"))];
        return [
          violation(
            at,
            `port ${port} (${ADMIN_PORTS[port]}) is published on every address of the host`,
          ),
        ];
      }),
    ),
  },
};

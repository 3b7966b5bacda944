import { Container } from "@pulumi/docker/container";
import { attachmentOf } from "../../components/attachment";
import type { AlarmsBuilder, AlarmsLinks, AlarmsSpec } from "../../components/alarms";
import { builder, type Parity } from "../../components/builder";
import { ACCESS_LOG } from "./caddy-config";
import type { EdgeAttachment } from "./attachments";
import { backupsOf, checksOf, SIGNALS, UNWATCHED } from "./checks";
import { hardened } from "./hardened";
import { KEEPER } from "./keeper";
import { PROFILES } from "./profile";
import { warn } from "./shortfall";

const describe: Parity<AlarmsSpec> = {
  signals: "a watch container looks once a minute; see the list of signals",
  destinations:
    "webhooks get a POST when an alarm begins and ends; mail needs a webhook that sends it",
};

const base = builder({
  cloud: "docker",
  describe,
  resolve: (spec: AlarmsSpec) => spec,
  build: ({ name, spec, links, parent, environment }) => {
    const { edge } = links as AlarmsLinks;
    const { emails = [], webhooks = [] } = spec.destinations;
    if (emails.length > 0) {
      warn(parent, `${name}.destinations.emails`, "a host sends no mail; give webhooks");
    }
    for (const [alarm, { kind }] of Object.entries(spec.signals)) {
      const why = UNWATCHED[kind];
      if (why !== undefined) warn(parent, `${name}.signals.${alarm}`, `is not watched: ${why}`);
    }
    const front = edge && attachmentOf<EdgeAttachment>(edge.attachment, "docker");
    if (!front) {
      warn(parent, name, "nothing is watched: the watch needs the edge's network to tell anybody");
      return {};
    }
    if (!front.own) {
      const why = "errors and answer times are not watched: the host's proxy keeps the access log";
      warn(parent, name, why);
    }
    const watched = Object.entries(backupsOf(links as AlarmsLinks));
    const { logs } = front.own ?? {};
    new Container(
      `${name}-watch`,
      {
        ...hardened(
          {
            name: `${name}-watch`,
            component: name,
            image: front.keeper.image,
            user: "10001:10001",
            cpu: 0.25,
            memoryMiB: PROFILES[environment.profile].helperMemoryMiB,
            scratch: ["/tmp"],
            graceSeconds: 10,
            fixed: front.keeper.identity,
          },
          environment,
        ),
        entrypoints: [KEEPER, "watch"],
        envs: [
          `ACCESS_LOG=${ACCESS_LOG}`,
          `CHECKS=${JSON.stringify(checksOf(spec.signals, links as AlarmsLinks, front))}`,
          `STACK=${environment.system}-${environment.stack}`,
          `WEBHOOKS=${JSON.stringify(webhooks)}`,
        ],
        networksAdvanced: [front.front, ...Object.values(front.networks)].map((each) => {
          return { name: each.name };
        }),
        volumes: [
          ...(logs ? [{ volumeName: logs, containerPath: "/var/log/caddy", readOnly: true }] : []),
          ...watched.map(([name, volumeName]) => {
            return { volumeName, containerPath: `/watched/${name}`, readOnly: true };
          }),
        ],
      },
      { parent, deleteBeforeReplace: true },
    );
    return {};
  },
});

export const alarms: AlarmsBuilder = { ...base, signals: SIGNALS };

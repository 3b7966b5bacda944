import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const listener = (props: object) => resource("aws:lb/listener:Listener", { port: 443, ...props });

export const fixtures: Fixtures = {
  good: [
    listener({ protocol: "HTTPS", certificateArn: unknown }),
    listener({ protocol: "TLS", certificateArn: "arn:x" }),
    listener({ port: 80, protocol: "HTTP" }),
    listener({ protocol: "TCP" }),
  ],
  bad: [
    listener({ protocol: "HTTPS" }),
    listener({ protocol: "https", certificateArn: "" }),
    listener({ protocol: "TLS" }),
    listener({ port: 80, protocol: "HTTP", certificateArn: "arn:x" }),
    listener({ protocol: "TCP", certificateArn: unknown }),
    resource("aws:alb/listener:Listener", { port: 443, protocol: "HTTPS" }),
  ],
  missing: [passes(listener({})), violates(listener({ certificateArn: "arn:x" }))],
  unknown: [listener({ protocol: unknown })],
  wrongType: [passes(listener({ protocol: 7 })), passes(listener({ protocol: [] }))],
};

import { LISTENER } from "../../../lib/deployability/aws/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-https-listener-certificate",
  title: "A listener has a certificate exactly where it speaks TLS",
  fails: {
    when: "create",
    effect: "error",
    answer: "ValidationError: A certificate must be specified for HTTPS listeners",
  },
  fix: "Set certificateArn on HTTPS and TLS listeners and on no other; further certificates are ListenerCertificates.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
  check: {
    [LISTENER]: (listener) => {
      const protocol = listener.at("protocol");
      const certificate = listener.at("certificateArn");
      if (protocol.unknown) return [undecided(protocol)];
      const has = certificate.present && certificate.text !== "";
      if (protocol.isWord("HTTPS", "TLS"))
        return has
          ? []
          : [violation(certificate, `the ${protocol.text} listener has no certificate`)];
      // The default is HTTP.
      return has && (protocol.absent || protocol.isWord("HTTP", "TCP", "UDP", "TCP_UDP"))
        ? [
            {
              ...violation(
                certificate,
                `a ${protocol.text ?? "HTTP"} listener has no use for a certificate`,
              ),
              answer:
                "ValidationError: Certificates can be specified for HTTPS and TLS listeners only",
            },
          ]
        : [];
    },
  },
});

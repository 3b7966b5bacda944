import { ofEach } from "../../../lib/deployability/each";
import { APP, ENVIRONMENT } from "../../../lib/deployability/azure/types";
import { valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import { undecided, violation, type Report } from "../../../lib/rule";

const CERTIFICATE = "azure-native:app:ManagedCertificate";

export const rule = deployability({
  id: "azure-containerapp-managed-certificate",
  title: "A managed certificate is asked for after its host name is bound to an app",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "RequireCustomHostnameInEnvironment: Creating managed certificate requires hostname added as a custom hostname to a container app in environment.",
  },
  fix: "Bind the host name in customDomains with bindingType Disabled, let the certificate depend on that app, and bind the certificate in a second step; or end TLS at the edge.",
  source: "https://learn.microsoft.com/azure/container-apps/custom-domains-managed-certificates",
  checkStack: ofEach([CERTIFICATE], (certificate, graph): Report[] => {
    const host = certificate.at("properties.subjectName");
    if (host.absent) return [];
    const bound = graph.ofType(APP).flatMap((app) => {
      const names = valuesAt(app.props, "configuration.ingress.customDomains[].name");
      return names.map((name) => ({ app, name }));
    });
    const unknown = bound.find(({ name }) => name.unknown)?.name;
    if (host.unknown) return [undecided(host)];
    const same = bound.filter(({ name }) => name.isWord(host.text ?? ""));
    const before = graph.closure(certificate);
    if (same.some(({ app }) => before.has(app))) return [];
    const [later] = same;
    if (later !== undefined)
      return [
        violation(host, `nothing makes it wait for ${later.app.name}, which binds ${host.text}`),
      ];
    if (unknown !== undefined) return [undecided(unknown)];
    const at = certificate.at("environmentName");
    const environment = target(graph, certificate, at, ENVIRONMENT);
    if (environment.resource === undefined) return [...environment.open];
    return [violation(host, `no app of the plan binds ${host.text ?? "the host name"}`)];
  }),
});

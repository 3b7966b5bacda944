import { join } from "node:path";
import { loadExemptions } from "./lib/exemptions";
import { allRules } from "./lib/rules";
import { Pack } from "./lib/serve/pack";
import { serve } from "./lib/serve/server";
import { description, version } from "./package.json";

const rules = allRules();
const exemptions = loadExemptions(
  join(__dirname, "exemptions.yaml"),
  new Set(rules.map((rule) => rule.id)),
);

serve(new Pack({ name: "portolan", version, description, rules, exemptions }));

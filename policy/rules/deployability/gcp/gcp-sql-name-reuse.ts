import { givenName } from "../../../lib/deployability/gcp/automatic";
import { SQL } from "../../../lib/deployability/gcp/types";
import { isKept } from "../../../lib/deployability/kept";
import { deployability } from "../../../lib/deployability/rule";
import { violation } from "../../../lib/rule";

export const rule = deployability({
  id: "gcp-sql-name-reuse",
  title: "A database instance that may be replaced has no fixed name",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "409: The Cloud SQL instance already exists. When you delete an instance, you can't reuse the name of the deleted instance until one week from the deletion date.",
  },
  fix: "Leave name out, so that the provider makes one up, or build it with a random part; an instance that stays has deletionProtection true or the resource option protect.",
  source: "https://cloud.google.com/sql/docs/postgres/delete-instance",
  check: {
    [SQL]: (instance) => {
      const name = givenName(instance);
      if (name === undefined || isKept(instance)) return [];
      if (instance.at("deletionProtection").boolean === true) return [];
      return [violation(name, `the name "${name.text}" stays taken for a week after a deletion`)];
    },
  },
});

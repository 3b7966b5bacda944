import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const database = (props: object) =>
  resource("aws:rds/instance:Instance", { engine: "postgres", ...props });

export const fixtures: Fixtures = {
  good: [
    database({ skipFinalSnapshot: true }),
    database({ finalSnapshotIdentifier: "app-final-1a" }),
    database({ finalSnapshotIdentifier: { concat: ["app-", { ref: "run.hex" }] } }),
    database({ finalSnapshotIdentifier: unknown }),
    database({ replicateSourceDb: "main" }),
    resource("aws:rds/cluster:Cluster", { skipFinalSnapshot: "true" }),
  ],
  bad: [
    database({ skipFinalSnapshot: false }),
    database({ finalSnapshotIdentifier: "app--final" }),
    database({ finalSnapshotIdentifier: "app_final" }),
    database({ skipFinalSnapshot: false, finalSnapshotIdentifier: "1app" }),
    resource("aws:rds/cluster:Cluster", { engine: "aurora-postgresql" }),
  ],
  missing: [violates(database({})), violates(database({ finalSnapshotIdentifier: "" }))],
  unknown: [waits(database({ skipFinalSnapshot: unknown }))],
  wrongType: [
    violates(database({ skipFinalSnapshot: "maybe" })),
    passes(database({ finalSnapshotIdentifier: 7 })),
  ],
};

/** Words by which people call what prepares a database and ends. */
const WORDS =
  /migrat|(^|[^a-z])(db|database|schema)[-_: ]?(init|setup|seed|upgrade|sync|push|create|prepare|deploy)|(^|[^a-z])(seed|alembic|flyway|liquibase|goose|dbmate|atlas|sqitch)([^a-z]|$)|(^|[^a-z])(init|setup|create|seed|prepare)[-_: ]?(db|database|schema)([^a-z]|$)/i;

/** True for a name or a command of something that runs once and ends: a migration, a first filling. */
export function looksLikeMigration(...texts: readonly (string | undefined)[]): boolean {
  return texts.some((text) => text !== undefined && WORDS.test(text));
}

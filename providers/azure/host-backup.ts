/** Program that writes the line of a stored backup, and the line's beginning. */
export const BACKUP_PROGRAM = "portolan-backup";
export const BACKUP_DONE = "backup stored";

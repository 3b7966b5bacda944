/** A consistent copy while the manager writes: SQLite's own backup, then onto standard output. */
const SCRIPT = `
import shutil, sqlite3, sys, tempfile
with tempfile.NamedTemporaryFile() as copy:
    source = sqlite3.connect("file:/app/data/manager.db?mode=ro", uri=True)
    target = sqlite3.connect(copy.name)
    source.backup(target)
    target.close()
    with open(copy.name, "rb") as result:
        shutil.copyfileobj(result, sys.stdout.buffer)
`;

export const COPY_DATABASE = ["python", "-c", SCRIPT];

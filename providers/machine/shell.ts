/** One word of a shell, whatever it holds. */
export const word = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Writes a file as it stands; nothing of it is read as shell. `end` is a line that it does not hold. */
export function writeFile(
  path: string,
  mode: string,
  content: string,
  end = "END_OF_FILE",
): string {
  return [
    `install -m ${mode} /dev/null ${word(path)}`,
    `cat > ${word(path)} <<'${end}'`,
    content.trimEnd(),
    end,
  ].join("\n");
}

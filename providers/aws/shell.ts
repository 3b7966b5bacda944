import { word } from "../machine/shell";

/** A file with this content, written as it stands: quotes, dollars and all. */
export function file(path: string, mode: string, content: string): string {
  const end = "END_OF_FILE";
  return [
    `cat > ${word(path)} <<'${end}'`,
    content.trimEnd(),
    end,
    `chmod ${mode} ${word(path)}`,
  ].join("\n");
}

/** Longest that a function of Lambda can wait for the host. */
export const TIMEOUT_SECONDS = 840;

/** Systems Manager takes two braces for a parameter of its own, so the script is packed. */
export const documentOf = (script: string): string =>
  JSON.stringify({
    schemaVersion: "2.2",
    description: "A release of the host",
    mainSteps: [
      {
        action: "aws:runShellScript",
        name: "release",
        inputs: {
          timeoutSeconds: String(TIMEOUT_SECONDS),
          runCommand: [
            "base64 --decode > /run/portolan-release.sh <<'SCRIPT'",
            ...(Buffer.from(script)
              .toString("base64")
              .match(/.{1,100}/g) ?? []),
            "SCRIPT",
            "exec bash /run/portolan-release.sh",
          ],
        },
      },
    ],
  });

/** The script of a release, out of its document. */
export function scriptOf(content: string): string {
  const { mainSteps } = JSON.parse(content) as {
    mainSteps: { inputs: { runCommand: string[] } }[];
  };
  const packed = mainSteps[0]?.inputs.runCommand.slice(1, -2).join("") ?? "";
  return Buffer.from(packed, "base64").toString("utf8");
}

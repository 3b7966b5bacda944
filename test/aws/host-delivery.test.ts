import { invoke, type Answers } from "./lambda";

const EVENT = { host: "h", instance: "i-1", document: "release", timeoutSeconds: 60 };
const sent = { Command: { CommandId: "c-1" } };

const run = (answers: Answers, event: object = EVENT) =>
  invoke("host-release.mjs", event, { SendCommandCommand: [sent], ...answers });

describe("the function that has a host carry out its release", () => {
  test("returns when the host is done, and sends its own document to the one machine", async () => {
    const { result, sent } = await run({
      GetCommandInvocationCommand: [{ Status: "Success", StandardOutputContent: "released\n" }],
    });
    expect(result).toEqual({ instance: "i-1", commandId: "c-1", output: "released" });
    expect(sent[0]?.input).toMatchObject({ DocumentName: "release", InstanceIds: ["i-1"] });
  });

  test("fails with the last lines of what the host said", async () => {
    const { error } = await run({
      GetCommandInvocationCommand: [
        {
          Status: "Failed",
          StandardOutputContent: "containers\napp ended:\nno such table",
          StandardErrorContent: "exit status 1",
        },
      ],
    });
    expect(error).toMatch(/the release on i-1 ended as Failed: [^]*no such table\nexit status 1/);
  });

  test("says what may be wrong when the machine never reports", async () => {
    const { error } = await run(
      { SendCommandCommand: [{ throws: "InvalidInstanceId" }] },
      { ...EVENT, timeoutSeconds: -1 },
    );
    expect(error).toContain("the host i-1 did not report to Systems Manager");
  });

  test("passes any other refusal on", async () => {
    const { error } = await run({ SendCommandCommand: [{ throws: "AccessDeniedException" }] });
    expect(error).toBe("AccessDeniedException");
  });

  test("does not wait for ever", async () => {
    const { error } = await run(
      { GetCommandInvocationCommand: [{ throws: "InvocationDoesNotExist" }] },
      { ...EVENT, timeoutSeconds: -1 },
    );
    expect(error).toContain("was not done after -1 seconds; it goes on: see command c-1");
  });
});

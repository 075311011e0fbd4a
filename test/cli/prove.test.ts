import { describe, expect, it } from "vitest";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { proofPlaybook } from "#cli/prove.ts";
import { runCli } from "#cli/run.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";

const run = async (...args: readonly string[]) => {
  const lines: string[] = [];
  const out = (line: string): number => lines.push(line);
  return {
    code: await runCli(["prove", ...args], { environment: {}, out, error: out }),
    text: lines.join("\n"),
  };
};

describe("rapport prove", () => {
  it.each([
    [[], "Say --stage too"],
    [["--stage", "prod"], "prod keeps its data"],
    [["--stage", "My-Stage"], "lower-case letters and digits"],
    [["--stage", "test"], "Say --to <mailbox> too"],
    [["--stage", "test", "--to", "Ada <ada@shop.example>"], "--to wants an address alone"],
    [["--stage", "local", "--state", "folder"], "not there to be tried out"],
  ])("refuses %j before it asks anybody", async (args, sentence) => {
    const { code, text } = await run(...args);
    expect(text).toContain(sentence);
    expect(code).toBe(2);
  });

  it("plans nothing for a local cloud", async () => {
    expect(await run("--stage", "local", "--plan")).toMatchObject({
      code: 0,
      text: expect.stringContaining("nothing is deployed"),
    });
  });

  it("plays by a playbook that is valid without a warning, from the sender it was given", async () => {
    const { document, errors, warnings } = await parsePlaybook(proofPlaybook("me@shop.example"), renderMjml);
    expect([...errors, ...warnings]).toEqual([]);
    expect(JSON.stringify(document)).toContain("me@shop.example");
    expect(JSON.stringify(document)).not.toContain("SENDER");
  });
});

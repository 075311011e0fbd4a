import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { planPull } from "#cli/pull.ts";
import { runCli } from "#cli/run.ts";
import { revisionOf } from "#domain/draft/draft.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { testFiles } from "../support/playbook/files.ts";

const SEGMENTS = "segments.yaml";

describe("what a pull does with a folder", () => {
  const pulled = { from: "pb_1", files: { a: revisionOf("1"), b: revisionOf("1") } };

  it.each([
    ["takes what changed there alone", { a: "1" }, { a: "2" }, { changes: [["a", "2"]] }],
    ["takes away what went there", { a: "1", b: "1" }, { a: "1" }, { changes: [["b", null]] }],
    ["leaves what changed here alone", { a: "2" }, { a: "1" }, { ahead: ["a"] }],
    ["leaves what is here alone", { c: "1" }, {}, { ahead: ["c"] }],
    ["stops where both changed", { a: "2" }, { a: "3" }, { inTheWay: ["a"] }],
    ["has nothing to do where both say the same", { a: "3" }, { a: "3" }, {}],
  ])("%s", (_name, local, remote, expected) => {
    const known = {
      ...pulled,
      files: Object.fromEntries(
        Object.entries(pulled.files).filter(([path]) => path in local || path in remote),
      ),
    };
    const { changes, ahead, inTheWay } = planPull(local, remote, known);
    expect({ changes: [...changes], ahead, inTheWay }).toEqual({
      changes: [],
      ahead: [],
      inTheWay: [],
      ...expected,
    });
  });

  it("overwrites nothing in a folder that was never pulled", () => {
    expect(planPull({ a: "2" }, { a: "1" }, null).inTheWay).toEqual(["a"]);
  });
});

describe("rapport pull and push --draft", () => {
  let url: string;
  beforeAll(async () => {
    url = (await startTestCloud({ playbook: testFiles() })).url;
  });

  it("carry a draft to folders and back, and tell the second who pushes", async () => {
    const output: string[] = [];
    const rapport = (...args: string[]): Promise<number> =>
      runCli([...args, "--url", url], {
        environment: {},
        out: (line) => output.push(line),
        error: (line) => output.push(line),
      });
    const folders = ["one", "other"].map((name) => mkdtempSync(join(tmpdir(), `rapport-pull-${name}-`)));
    const [one = "", other = ""] = folders;
    const segments = (folder: string) => join(folder, SEGMENTS);

    expect(await rapport("pull", one), output.join("\n")).toBe(0);
    expect(readFileSync(segments(one), "utf8")).toBe(testFiles()[SEGMENTS]);
    writeFileSync(segments(one), "vip: customer.orders >= 5\n");
    expect(await rapport("push", one, "--draft", "Five orders"), output.join("\n")).toBe(0);
    const id = /dft_\w+/.exec(output.join("\n"))?.[0] ?? "";
    expect(await rapport("pull", other, "--draft", id)).toBe(0);
    expect(readFileSync(segments(other), "utf8")).toContain(">= 5");

    writeFileSync(segments(other), "vip: customer.orders >= 6\n");
    expect(await rapport("push", other, "--draft", id)).toBe(0);
    writeFileSync(segments(one), "vip: customer.orders >= 7\n");
    expect(await rapport("push", one, "--draft", id)).toBe(1);
    expect(output.join("\n")).toContain(`${SEGMENTS}: changed by local secret key too, 1 conflict`);
    expect(await rapport("pull", one, "--draft", id)).toBe(1);
    expect(readFileSync(segments(one), "utf8")).toContain(">= 7");
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
});

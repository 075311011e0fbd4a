import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newFunctionFiles, parseNewFunction } from "#scripts/new/function.ts";
import type { NewFunction } from "#scripts/new/names.ts";
import { PROJECT_ROOT } from "../../support/project/root.ts";

const WORKER: NewFunction = { group: "receive", name: "replies", kind: "worker" };
const HTTP: NewFunction = { group: "people", name: "erasures", kind: "http" };

const read = (path: string): string => readFileSync(join(PROJECT_ROOT, path), "utf8");
const filesOf = (wanted: NewFunction) => newFunctionFiles(wanted, read);
/** Lines that a file of the project has more than before. */
const added = (wanted: NewFunction, path: string): readonly string[] => {
  const before = read(path).split("\n");
  return (filesOf(wanted)[path] ?? "").split("\n").filter((line) => !before.includes(line));
};

describe("npm run new:function", () => {
  it("writes a call, what answers it, and its words", () => {
    expect(Object.keys(filesOf(HTTP))).toEqual([
      "functions/people/erasures/operations.ts",
      "functions/people/erasures/calls.ts",
      "functions/people/erasures/handler.ts",
      "functions/people/erasures/document.ts",
      "functions/people/erasures/stack.ts",
      "test/functions/people/erasures.test.ts",
      "docs/data-map.md",
      "test/infra/iam-table.ts",
      "docs/runbook/people-erasures-errors.md",
    ]);
  });

  it("writes a worker, and a page of the runbook for each of its alarms", () => {
    expect(Object.keys(filesOf(WORKER))).toEqual(
      expect.arrayContaining([
        "functions/receive/replies/handler.ts",
        "docs/runbook/receive-replies-dead-letter.md",
        "docs/runbook/receive-replies-late.md",
      ]),
    );
  });

  it("puts its stores into the tables of the data map, and its rights where the alphabet wants them", () => {
    expect(added(WORKER, "docs/data-map.md").map((row) => row.split("|")[1])).toEqual([
      " `rapport-<stage>-receive-replies`, `rapport-<stage>-receive-replies-dlq` ",
      " `/aws/lambda/rapport-<stage>-receive-replies` ",
    ]);
    const table = filesOf(WORKER)["test/infra/iam-table.ts"] ?? "";
    const keys = [...table.matchAll(/^ {2}"([^"]+)": \{$/gm)].map(([, key]) => key);
    expect(keys).toContain("receive/replies");
    expect(keys).toEqual(keys.toSorted());
  });

  it("says how it is called when it is called otherwise", () => {
    expect(() => parseNewFunction(["Receive"])).toThrow("is not <stage>/<name>");
    expect(() => parseNewFunction(["receive/replies"])).toThrow("over HTTP or fed by a queue");
    expect(parseNewFunction(["receive/replies", "worker"])).toEqual(WORKER);
  });
});

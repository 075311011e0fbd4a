import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtins } from "#feel/builtins/all.ts";
import { compile, toJson } from "#feel/index.ts";
import { PROJECT_ROOT } from "#test/support/project/root.ts";

const PAGE = readFileSync(join(PROJECT_ROOT, "docs/functions.md"), "utf8");

/** The page's examples: table rows that begin with two cells of code. */
const EXAMPLES = [...PAGE.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|/gm)].map(([, text = "", value = ""]) => [
  text,
  value,
]);

const ENVIRONMENT = { now: Date.UTC(2026, 2, 15, 9, 30), zone: "UTC" };

describe("the page on functions", () => {
  it.each(EXAMPLES)("%s is %s", (text = "", value = "") => {
    const rule = compile(text, {});
    const answer = rule.evaluate({}, ENVIRONMENT);

    expect(rule.diagnostics).toEqual([]);
    expect(toJson(answer)).toEqual(toJson(compile(value, {}).evaluate({}, ENVIRONMENT)));
    expect(answer).not.toBeNull();
  });

  it("has an example for every function there is", () => {
    const shown = EXAMPLES.map(([text]) => text).join("\n");
    const missing = [...builtins().keys()].filter(
      (name) => !new RegExp(`(?<![a-z] ?)${name}\\(`).test(shown),
    );

    expect(missing).toEqual([]);
  });
});

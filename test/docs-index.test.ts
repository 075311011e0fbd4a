import { globSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { expect, it } from "vitest";
import { PROJECT_ROOT } from "./support/project/root.ts";

it("leads from docs/README.md to every page of docs", () => {
  const index = readFileSync(join(PROJECT_ROOT, "docs/README.md"), "utf8");
  const linked = [...index.matchAll(/\]\(([^)#]+)\)/g)].map(([, path = ""]) => normalize(join("docs", path)));
  const pages = globSync("docs/*.md", { cwd: PROJECT_ROOT }).filter((page) => page !== "docs/README.md");
  expect(pages.filter((page) => !linked.includes(page))).toEqual([]);
});

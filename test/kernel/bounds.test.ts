import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { BOUNDS } from "#kernel/bounds.ts";
import { PROJECT_ROOT } from "../support/project/root.ts";

it("stand on their page of the docs as in the code, each of them", () => {
  const page = readFileSync(join(PROJECT_ROOT, "docs/bounds.md"), "utf8");
  const rows = [...page.matchAll(/^\| `(\w+)`: [^|]+ \| (\d+) \|/gm)];
  expect(Object.fromEntries(rows.map(([, name, bound]) => [name, Number(bound)]))).toEqual(BOUNDS);
});

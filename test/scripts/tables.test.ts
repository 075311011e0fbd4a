import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writtenFiles } from "#scripts/tables/write.ts";
import { PROJECT_ROOT } from "../support/project/root.ts";

const files = await writtenFiles();
const paths = files.map(({ path }) => path);

describe("generated files", () => {
  it.each(files)("$path is what npm run tables writes", ({ path, text }) => {
    expect(readFileSync(join(PROJECT_ROOT, path), "utf8")).toBe(text);
  });

  // JSON knows no comments.
  it.each(files.filter(({ path }) => path.endsWith(".ts")))(
    "$path says at its top which program writes it",
    ({ text }) => {
      const [, writer = ""] =
        /^\/\*\n \* Written by `npm run tables` \((.+)\): do not edit\.\n/.exec(text) ?? [];
      expect(existsSync(join(PROJECT_ROOT, writer || "missing"))).toBe(true);
    },
  );

  it("have a writer each", () => {
    const named = globSync(["{shared,functions,infra,client}/**/*.generated.ts", "providers/all.*.ts"], {
      cwd: PROJECT_ROOT,
    });
    expect(named.filter((path) => !paths.includes(path))).toEqual([]);
  });
});

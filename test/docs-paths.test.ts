import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "./support/project/root.ts";

const filesLike = (pattern: string): readonly string[] => globSync(pattern, { cwd: PROJECT_ROOT });

/** The project's own folders: a text in backticks that begins with one of them names a file or a folder. */
const ROOMS = "cli|client|docs|functions|infra|lab|playbooks|providers|scripts|shared|test";
const PATH = new RegExp(`\`((?:${ROOMS})/[^\`\\s]*)\``, "g");

/** `<name>` stands for any name. */
const existing = (path: string): boolean => filesLike(path.replace(/<[^<>]+>/g, "*")).length > 0;

/** What `npm run new:provider -- example` writes where the page says so. */
const MADE_BY_THE_READER = new Set(["providers/example/"]);

/** Paths that a text names and that lead nowhere. */
const deadPaths = (text: string): readonly string[] =>
  [...text.matchAll(PATH)]
    .map(([, path = ""]) => path)
    .filter((path) => !MADE_BY_THE_READER.has(path) && !existing(path));

describe("a path in backticks", () => {
  it.each(filesLike("{*.md,docs/**/*.md}").toSorted())("leads somewhere in %s", (page) => {
    expect(deadPaths(readFileSync(`${PROJECT_ROOT}${page}`, "utf8"))).toEqual([]);
  });

  it("is found dead where nothing is there, whatever stands for any name", () => {
    const text =
      "`shared/kernel/json.ts`, `functions/send/<channel>`, `shared/gone.ts`, `lab/<name>/gone.ts`";
    expect(deadPaths(text)).toEqual(["shared/gone.ts", "lab/<name>/gone.ts"]);
  });
});

describe("a page of docs/decisions", () => {
  it("has a number of its own, which its heading says too", () => {
    const pages = filesLike("docs/decisions/*.md").toSorted();
    const numbers = pages.map((page) => Number(/(\d{4})-[^/]+$/.exec(page)?.[1]));
    const headings = pages.map((page) =>
      Number(/^# 0*(\d+)\./.exec(readFileSync(`${PROJECT_ROOT}${page}`, "utf8"))?.[1]),
    );
    expect(numbers).toEqual(pages.map((_, index) => index + 1));
    expect(headings).toEqual(numbers);
  });
});

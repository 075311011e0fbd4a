import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "./support/project/root.ts";

const pages = globSync("{*.md,{client,docs,providers}/**/*.md}", { cwd: PROJECT_ROOT }).toSorted();
const textOf = (page: string): string =>
  readFileSync(join(PROJECT_ROOT, page), "utf8").replace(/```.*?```/gs, "");

/** The name of a heading in an address, as GitHub makes it: what is no letter, digit, space or dash goes. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");

const anchorsOf = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading.trim()));

/** Links of a page to a place within a page that has no such place. */
const lost = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/\]\(([^)\s#:]*)#([^)\s]+)\)/g)].flatMap(([, path = "", anchor = ""]) => {
    const target = path === "" ? page : relative(PROJECT_ROOT, join(PROJECT_ROOT, dirname(page), path));
    return anchorsOf(target).includes(anchor) ? [] : [`${path}#${anchor}`];
  });

describe("a link to a place within a page", () => {
  it.each(pages)("leads to a heading, in %s", (page) => {
    expect(lost(page)).toEqual([]);
  });
});

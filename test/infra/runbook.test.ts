import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { PROJECT_ROOT } from "../support/project/root.ts";
import { appUnderTest, resourcesOfType, templatesOf } from "./assembly.ts";

const RUNBOOK = join(PROJECT_ROOT, "docs/runbook");
const INDEX = "README.md";

let alarms: readonly { readonly name: string; readonly page: string }[];
let pages: readonly string[];

/** The name without the version that a canary's alarm ends in. */
const nameOf = (given: unknown): string => {
  if (typeof given === "string") return given;
  const { "Fn::Join": joined } = z
    .object({ "Fn::Join": z.tuple([z.literal(""), z.array(z.unknown())]) })
    .parse(given);
  return joined[1]
    .filter((part) => typeof part === "string")
    .join("")
    .replace(/-$/, "");
};

beforeAll(async () => {
  const templates = templatesOf(await appUnderTest());
  alarms = [...templates.values()]
    .flatMap((template) => resourcesOfType(template, "AWS::CloudWatch::Alarm"))
    .map(([, { Properties }]) => ({
      name: nameOf(Properties.AlarmName),
      page: /Runbook: docs\/runbook\/(\S+)$/.exec(String(Properties.AlarmDescription))?.[1] ?? "none",
    }));
  pages = (await readdir(RUNBOOK)).filter((name) => name !== INDEX);
}, 60_000);

describe("docs/runbook", () => {
  it("has one page for each alarm, which the alarm's text names, and no other", () => {
    expect(alarms.map(({ page }) => page).toSorted()).toEqual(pages.toSorted());
    for (const { name, page } of alarms) expect(`rapport-prod-${page}`).toBe(`${name}.md`);
  });

  it("says on each page what customers notice, where to look and how to mend it", async () => {
    for (const page of pages) {
      const text = await readFile(join(RUNBOOK, page), "utf8");
      for (const heading of ["## What customers notice", "## Look", "## Mend"]) {
        expect(text, page).toMatch(new RegExp(`^${heading}\n\n\\S`, "m"));
      }
    }
  });

  it("links only to headings that are there", async () => {
    const index = await readFile(join(RUNBOOK, INDEX), "utf8");
    const anchors = [...index.matchAll(/^## (.+)$/gm)].map(([, heading]) =>
      (heading ?? "").toLowerCase().replaceAll(" ", "-"),
    );
    for (const page of pages) {
      const text = await readFile(join(RUNBOOK, page), "utf8");
      for (const [, anchor] of text.matchAll(/README\.md#([\w-]+)/g)) expect(anchors, page).toContain(anchor);
    }
  });
});

import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "#cli/commands.ts";
import { STORY, TAKING_AWAY } from "#cli/prove/story.ts";
import { PROJECT_ROOT } from "./support/project/root.ts";

const read = (path: string): string => readFileSync(join(PROJECT_ROOT, path), "utf8");
const scripts: unknown = JSON.parse(read("package.json")).scripts;

type Row = { readonly claim: string; readonly laptop: string; readonly aws: string };

const rows: readonly Row[] = read("docs/evidence.md")
  .split("\n")
  .filter((line) => /^\| (?!claim )[^-]/.test(line))
  .map((line) => {
    const [claim = "", laptop = "", aws = ""] = line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim());
    return { claim, laptop, aws };
  });
const claims = rows.map(({ claim }) => claim);

const firsts = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = ""]) => found.replaceAll("\n", " ").trim());

/** What other pages claim, in their own words. */
const CLAIMED: Readonly<Record<string, readonly string[]>> = {
  "the README": firsts(read("README.md").split("## The first five minutes")[0] ?? "", /^- \*\*([^*]+)\*\*/gm),
  "the invariants": firsts(read("docs/invariants.md"), /^\| \d+ \| \*\*([^*]+)\*\*/gm),
  "the story of rapport prove": [...STORY, ...TAKING_AWAY].map(({ claim }) => claim),
  "deploying, of what has never run": firsts(
    read("docs/deploy.md").split("## What has never run in a real account")[1] ?? "",
    /^- ((?:[^;:(]|::)+)/gm,
  ).map((text) => text.replace(/\.$/, "")),
};

describe("the page of evidence", () => {
  it.each(Object.entries(CLAIMED))("lists every claim of %s", (_, claimed) => {
    expect(claimed.length).toBeGreaterThan(5);
    expect(claimed.filter((claim) => !claims.includes(claim))).toEqual([]);
  });

  it.each(rows)("says by which command it was seen, or that it never was: $claim", ({ laptop }) => {
    const commands = firsts(laptop, /`([^`]+)`/g);
    if (commands.length === 0) expect(laptop).toBe("never");
    for (const command of commands) {
      const [, script] = /^npm (?:run )?([\w:]+)/.exec(command) ?? [];
      const [, name] = /^npx rapport (\w+)/.exec(command) ?? [];
      const [, files] = /^npx vitest run (.+)$/.exec(command) ?? [];
      if (script !== undefined) expect(scripts).toHaveProperty([script]);
      else if (name !== undefined) expect(COMMANDS.has(name), command).toBe(true);
      else if (files !== undefined)
        for (const file of files.split(" ")) expect(existsSync(join(PROJECT_ROOT, file)), file).toBe(true);
      else expect.unreachable(`nobody knows the command ${command}`);
    }
  });

  it.each(rows)("says that AWS showed it only where a receipt does: $claim", ({ claim, aws }) => {
    if (aws === "never") return;
    const [, date, region] = /^(\d{4}-\d\d-\d\d), ([a-z]+-[a-z]+-\d)$/.exec(aws) ?? [];
    const receipt = JSON.parse(read(`docs/receipts/aws-${date}-${region}.json`));
    expect(receipt).toMatchObject({ where: { kind: "aws", region } });
    const step = receipt.steps.find((one: { claim: string }) => one.claim === claim);
    if (step !== undefined) expect(step.ok).toBe(true);
  });
});

describe("a receipt that is kept", () => {
  it.each(globSync("docs/receipts/*", { cwd: PROJECT_ROOT }))("names nobody: %s", (file) => {
    expect(read(file)).not.toMatch(/@|\b\d{12}\b|\/[lu]\/[\w-]{20}|[sw]k_[\w-]{20}/);
  });

  it("of the local cloud tells of the story as it is", () => {
    const { steps } = JSON.parse(read("docs/receipts/local.json"));
    expect(steps.map(({ name }: { name: string }) => name)).toEqual(
      [...STORY, ...TAKING_AWAY].map(({ name }) => name),
    );
  });
});

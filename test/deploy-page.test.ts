import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "#cli/commands.ts";
import { OPTIONS } from "#cli/options.ts";
import { discoverFunctions } from "#infra/functions.ts";
import { CORE_NAMES } from "#runtime/names.ts";
import { PROJECT_ROOT } from "./support/project/root.ts";

/*
 * What pages tell people to type into an account, held against what there is, as far as that goes without one: commands
 * and options of our own, scripts, stacks, functions, names in SSM, and settings.
 */
const read = (path: string): string => readFileSync(join(PROJECT_ROOT, path), "utf8");
const PAGES = ["docs/deploy.md", "docs/runbook/README.md", "README.md"];
const functions = (await discoverFunctions(PROJECT_ROOT)).map(({ group, name }) => `${group}/${name}`);
const CORE = ["data", "bus", "api", "observe"];
const STACKS = [...CORE, ...functions.map((name) => name.replace("/", "-"))];
const scripts: unknown = JSON.parse(read("package.json")).scripts;

/** Everything that stands as code: blocks, with lines that go on joined, and text in backticks. */
const codeOf = (page: string): readonly string[] => {
  const text = read(page);
  const blocks = [...text.matchAll(/^```\w*\n(.*?)^```/gms)].flatMap(([, block = ""]) =>
    block.replaceAll("\\\n", " ").split("\n"),
  );
  const inline = [...text.replace(/^```.*?^```/gms, "").matchAll(/`([^`]+)`/g)].map(([, code = ""]) =>
    code.replaceAll("\n", " "),
  );
  return [...blocks, ...inline];
};
/** What follows each occurrence, in all code of a page. */
const found = (page: string, pattern: RegExp): readonly string[] =>
  codeOf(page).flatMap((line) => [...line.matchAll(pattern)].map(([, rest = ""]) => rest.trim()));

/** `keys rotate link` -> `keys rotate`. */
const commandOf = (rest: string): string | undefined => {
  const words = rest.split(/\s+/);
  return [words.slice(0, 2).join(" "), words[0] ?? ""].find((name) => COMMANDS.has(name));
};

describe.each(PAGES)("commands in %s", (page) => {
  it("of rapport are there, with the options that they are given", () => {
    for (const rest of found(page, /npx rapport ([^#;|)]+)/g)) {
      expect(commandOf(rest), rest).toBeDefined();
      for (const [, option = ""] of rest.matchAll(/--([\w-]+)/g))
        expect(Object.keys(OPTIONS), rest).toContain(option);
    }
  });

  it("of npm are scripts", () => {
    for (const name of found(page, /npm run ([\w:]+)/g)) expect(scripts).toHaveProperty([name]);
  });

  it("deploy what there is", () => {
    for (const rest of found(page, /npm run deploy -- ([^#]+)/g)) {
      const name = /^[a-z][\w/-]*$/.exec(rest.split(" ")[0] ?? "")?.[0];
      if (name !== undefined) expect([...CORE, ...functions], rest).toContain(name);
    }
  });

  it("name stacks, functions, parameters and settings that there are", () => {
    for (const name of found(page, /--(?:stack-name|function-name) rapport-\w+-([\w-]+)/g)) {
      // One that a release did away with is named to be deleted.
      if (name !== "journey-tick") expect(STACKS).toContain(name);
    }
    for (const name of found(page, /\/rapport\/(?:prod|test)\/([\w/-]+)/g))
      expect(CORE_NAMES).toContain(name);
    const settings = read("infra/settings.ts");
    for (const name of found(page, /rapport:(\w+)/g)) expect(settings).toContain(`read("${name}")`);
  });
});

describe("docs/deploy.md", () => {
  const pushed = found("docs/deploy.md", /npx rapport push ([^#]+)/g);

  it("publishes to a test stage first, and the example playbook to none", () => {
    expect(pushed.length).toBeGreaterThan(1);
    expect(pushed.filter((rest) => rest.includes("playbooks/"))).toEqual([]);
    const text = read("docs/deploy.md");
    const test = text.indexOf("RAPPORT_STAGE=test");
    expect(test).toBeGreaterThan(0);
    expect(test).toBeLessThan(text.indexOf("--publish"));
    expect(text.indexOf("--publish")).toBeLessThan(text.indexOf("RAPPORT_STAGE=prod"));
  });

  it.each([
    "bootstrap",
    "create-email-identity",
    "DkimAttributes",
    "put-email-identity-mail-from-attributes",
    "put-account-details",
    "create-domain-name",
    "restore-table-to-point-in-time",
    "keys rotate link",
    "keys rotate identity",
    "keys rotate identifier",
    "create-budget",
    "cdk destroy",
    "rapport doctor",
  ])("has the command for %s", (command) => {
    expect(read("docs/deploy.md")).toContain(command);
  });
});

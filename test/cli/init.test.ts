import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { readFolder } from "#cli/folder.ts";
import { runCli } from "#cli/run.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { PROJECT_ROOT } from "../support/project/root.ts";

const INDUSTRIES = readdirSync(join(PROJECT_ROOT, "playbooks/starters"));

let home: string;
let output: string[];
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "rapport-init-"));
});
afterAll(() => rmSync(home, { recursive: true }));
beforeEach(() => {
  output = [];
});

const run = (...args: readonly string[]): Promise<number> =>
  runCli(args, { environment: {}, out: (line) => output.push(line), error: (line) => output.push(line) });

describe("rapport init", () => {
  it.each(INDUSTRIES)("writes a playbook for %s that is valid without a warning", async (industry) => {
    const folder = join(home, `my-${industry}`);
    expect(await run("init", folder, "--industry", industry, "--name", "Müller & Söhne's 24+")).toBe(0);

    const { document, errors, warnings } = await parsePlaybook(readFolder(folder), renderMjml);
    expect([...errors, ...warnings]).toEqual([]);
    expect(document?.brand.name).toBe("Müller & Söhne's 24+");
    expect(document?.name).toBe(`My ${industry.slice(0, 1).toUpperCase()}${industry.slice(1)}`);
  });

  it("names a schema at the head of each file for editors, and writes the schemas", async () => {
    const folder = join(home, "schemas");
    await run("init", folder, "--industry", "retail");

    const first = (file: string) => readFileSync(join(folder, file), "utf8").split("\n")[0];
    expect(first("triggers.yaml")).toBe("# yaml-language-server: $schema=.schemas/triggers.schema.json");
    expect(first("actions/welcome.yaml")).toBe(
      "# yaml-language-server: $schema=../.schemas/actions.schema.json",
    );
    expect(readdirSync(join(folder, ".schemas"))).toContain("actions.schema.json");
  });

  it("writes into a repository that is otherwise empty, and what git keeps is no part of the playbook", async () => {
    const folder = join(home, "repository");
    mkdirSync(join(folder, ".git"), { recursive: true });
    writeFileSync(join(folder, ".git/index"), new Uint8Array([0xff, 0xfe, 0x00]));

    expect(await run("init", folder, "--industry", "retail")).toBe(0);
    expect(await run("validate", folder)).toBe(0);
  });

  it("never writes into a folder that holds something", async () => {
    const folder = join(home, "full");
    mkdirSync(folder);
    writeFileSync(join(folder, "mine.txt"), "mine");

    expect(await run("init", folder, "--industry", "retail")).toBe(1);
    expect(readdirSync(folder)).toEqual(["mine.txt"]);
  });

  it.each([
    [[], "retail or subscription"],
    [["--industry", "banking"], "retail or subscription"],
    [["--industry", "../retail"], "retail or subscription"],
    [["--industry", "retail", "--name", "a\nb"], "--name"],
    [["--industry", "retail", "--name", "Kim <kim@example.com>"], "--name"],
  ])("says what is missing of %j, and writes nothing", async (options, told) => {
    const folder = join(home, "nothing");
    expect(await run("init", folder, ...options)).toBe(2);
    expect(output.join("\n")).toContain(told);
    expect(readdirSync(home)).not.toContain("nothing");
  });
});

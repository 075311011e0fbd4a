import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { runCli } from "#cli/run.ts";
import { testFiles } from "../support/playbook/files.ts";

let home: string;
let [out, error]: [string[], string[]] = [[], []];
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "rapport-test-"));
});
afterAll(() => rmSync(home, { recursive: true }));
beforeEach(() => {
  [out, error] = [[], []];
});

const run = (...args: readonly string[]): Promise<number> =>
  runCli(["test", ...args], {
    environment: {},
    out: (line) => out.push(line),
    error: (line) => error.push(line),
  });

const write = (name: string, tests: string | null): string => {
  const folder = join(home, name);
  for (const [path, text] of Object.entries(testFiles({ "tests/shop.yaml": tests }))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
};
const GIVEN =
  "given: { traits: { email: kim@example.com }, consent: [{ channel: email, topic: marketing }] }";
const HOLDS = `- it: welcomes\n  ${GIVEN}\n  when: [{ track: Signed Up }]\n  then: [{ message: welcome }]\n`;
const FAILS = `- it: says <"&"> nothing\n  ${GIVEN}\n  when: [{ track: Signed Up }]\n  then: [{ no: welcome }]\n`;

describe("rapport test", () => {
  it("ends with 0 where every test holds", async () => {
    expect(await run(write("good", HOLDS))).toBe(0);
    expect(out).toEqual([
      expect.stringMatching(/^ok .*welcomes$/),
      expect.stringMatching(/^1 test, 0 failed/),
    ]);
  });

  it("ends with 1 where one fails, at its place, and writes what builds read", async () => {
    const folder = write("bad", HOLDS + FAILS);
    const report = join(home, "report.xml");
    expect(await run(folder, "--junit", report)).toBe(1);
    expect(error.join("\n")).toContain(
      `${folder}/tests/shop.yaml:8:10  expected none, sent: welcome by email`,
    );
    const xml = readFileSync(report, "utf8");
    expect(xml).toContain('<testsuites name="');
    expect(xml).toContain('tests="2" failures="1" errors="0"');
    expect(xml).toContain('name="says &lt;&quot;&amp;&quot;&gt; nothing" classname="tests/shop.yaml"');
    expect(xml).toContain("tests/shop.yaml:8:10 expected none");
  });

  it("ends with 1 where there is no test, or the playbook is wrong", async () => {
    expect(await run(write("none", null))).toBe(1);
    expect(error.join("\n")).toContain("has no tests");
    expect(await run(write("wrong", "- it: a\n  then: [{ message: nobody }]\n"))).toBe(1);
    expect(error.join("\n")).toContain("tests/shop.yaml:2:21  error");
  });

  it("names what no test misses, and turns nothing round before all hold", async () => {
    expect(await run(write("unwatched", HOLDS), "--mutate")).toBe(1);
    expect(out.filter((line) => line.startsWith("unfound")).length).toBeGreaterThan(0);
    expect(out.at(-1)).toMatch(/^\d+ of \d+ turned-round/);
    expect(await run(write("failing", FAILS), "--mutate")).toBe(1);
    expect(error.join("\n")).toContain("before every test holds");
  });

  it("watches no folder that is not there", async () => {
    expect(await run(join(home, "nowhere"), "--watch")).toBe(1);
    expect(error.join("\n")).toContain("there is no folder");
  });

  it("plays again when a file changes, and survives one that is wrong", async () => {
    const folder = write("watched", HOLDS);
    void run(folder, "--watch");
    const waits = (times: number) =>
      vi.waitFor(
        () =>
          expect(out.filter((line) => line === "waiting for a change").length).toBeGreaterThanOrEqual(times),
        { timeout: 20_000, interval: 50 },
      );
    await waits(1);
    writeFileSync(join(folder, "tests/shop.yaml"), "- it: [\n");
    await waits(2);
    expect(error.join("\n")).toContain("tests/shop.yaml:");
    const before = out.length;
    writeFileSync(join(folder, "tests/shop.yaml"), HOLDS);
    await vi.waitFor(() => expect(out.slice(before).join("\n")).toContain("ok "), { timeout: 20_000 });
  }, 60_000);
});

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { readFolder } from "#cli/folder.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { startTestCloud } from "./support/hub/local-cloud.ts";
import { PROJECT_ROOT } from "./support/project/root.ts";
import { missing, PAGE_URL, shellBlocks } from "./support/project/shell-page.ts";

const run = promisify(execFile);
const PAGE = "docs/a-gym.md";
const [begin, ...steps] = shellBlocks(PAGE);
const text = readFileSync(join(PROJECT_ROOT, PAGE), "utf8");
const files = [...text.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)];

const home = mkdtempSync(join(tmpdir(), "rapport-gym-"));
afterAll(() => rmSync(home, { recursive: true }));

/** Does what a block says, with the reader's folder elsewhere, and gives what was seen. */
const follow = async (script: string, url: string): Promise<string> => {
  const mine = script.replaceAll("my-gym", join(home, "my-gym")).replaceAll(PAGE_URL, url);
  const { stdout } = await run("bash", ["-euo", "pipefail", "-c", mine], { cwd: PROJECT_ROOT });
  return stdout;
};

let url = "";
beforeAll(async () => {
  const told = await follow(begin?.script ?? "", "");
  expect(missing(told, begin?.seen ?? [])).toBe(null);
  for (const [, path = "", content = ""] of files) {
    const file = join(home, "my-gym", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  ({ url } = await startTestCloud({ playbook: readFolder(join(home, "my-gym")) }));
});

describe("the gym of docs/a-gym.md", () => {
  it("is a valid playbook without a warning", async () => {
    const { errors, warnings } = await parsePlaybook(readFolder(join(home, "my-gym")), renderMjml);
    expect([...errors, ...warnings]).toEqual([]);
    expect(files.length).toBeGreaterThanOrEqual(9);
  });

  it.each(steps.map((step, index) => [index + 2, step] as const))(
    "does in block %i what the page says",
    async (_, { script, seen }) => {
      const told = await follow(script, url);
      expect(missing(told, seen) === null ? "all seen" : { missing: missing(told, seen), told }).toBe(
        "all seen",
      );
    },
  );
});

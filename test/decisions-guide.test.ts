import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCloud } from "./support/hub/local-cloud.ts";
import { PROJECT_ROOT } from "./support/project/root.ts";
import { missing, PAGE_URL, shellBlocks } from "./support/project/shell-page.ts";

const run = promisify(execFile);
const blocks = shellBlocks("docs/decisions-guide.md");
/** Where the page keeps its copy of the playbook. */
const PAGE_FOLDER = "/tmp/shop";
const BETWEEN = "--- the next block ---\n";

let outputs: readonly string[] = [];
const folder = mkdtempSync(join(tmpdir(), "rapport-guide-"));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  const { url } = await startTestCloud();
  // One terminal, as the page says: later blocks use what earlier ones noted.
  const script = blocks
    .map((block) => block.script)
    .join(`printf '%s' '${BETWEEN}'\n`)
    .replaceAll(PAGE_URL, url)
    .replaceAll(PAGE_FOLDER, join(folder, "shop"));
  const { stdout } = await run("bash", ["-euo", "pipefail", "-c", script], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, RAPPORT_URL: url },
    maxBuffer: 10_000_000,
  });
  outputs = stdout.split(BETWEEN);
});

describe("the commands of docs/decisions-guide.md", () => {
  it("are there: reading, learning, trying, and five steps", () => {
    expect(blocks.length).toBe(8);
  });

  it.each(blocks.map((block, index) => [index + 1, block] as const))(
    "block %i does what the page says",
    (number, { seen }) => {
      const output = outputs[number - 1] ?? "";
      expect({ missing: missing(output, seen), output }).toEqual({ missing: null, output });
    },
  );
});

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { startTestCloud } from "./support/hub/local-cloud.ts";
import { PROJECT_ROOT } from "./support/project/root.ts";
import { missing, PAGE_URL, shellBlocks } from "./support/project/shell-page.ts";

const run = promisify(execFile);
const blocks = shellBlocks("README.md");

let url = "";
beforeAll(async () => {
  ({ url } = await startTestCloud());
});

describe("the README's first five minutes", () => {
  it("are there", () => {
    expect(blocks.length).toBeGreaterThanOrEqual(6);
  });

  it.each(blocks.map((block, index) => [index + 1, block] as const))(
    "block %i does what it says",
    async (_, { script, seen }) => {
      const { stdout } = await run("bash", ["-euo", "pipefail", "-c", script.replaceAll(PAGE_URL, url)], {
        cwd: PROJECT_ROOT,
        maxBuffer: 10_000_000,
      });
      expect(missing(stdout, seen) === null ? "all seen" : { missing: missing(stdout, seen), stdout }).toBe(
        "all seen",
      );
    },
  );
});

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { startTestCloud } from "./support/local-cloud.ts";

const root = join(import.meta.dirname, "..");
const README_URL = "http://127.0.0.1:4000";
const run = promisify(execFile);

/** Each shell block with what the README says one will see; `…` stands for anything. */
const blocks = [
  ...readFileSync(join(root, "README.md"), "utf8").matchAll(/```sh\n(.*?)```\n```text\n(.*?)```/gs),
].map(([, script = "", seen = ""]) => ({ script, seen: seen.trim().split("…") }));

let url = "";
beforeAll(async () => {
  ({ url } = await startTestCloud());
});

/** Position after all pieces in order, or the first piece that is missing. */
const missing = (output: string, pieces: readonly string[]): string | null => {
  let from = 0;
  for (const piece of pieces) {
    const at = output.indexOf(piece, from);
    if (at < 0) return piece;
    from = at + piece.length;
  }
  return null;
};

describe("the README's first five minutes", () => {
  it("are there", () => {
    expect(blocks.length).toBeGreaterThanOrEqual(6);
  });

  it.each(blocks.map((block, index) => [index + 1, block] as const))(
    "block %i does what it says",
    async (_, { script, seen }) => {
      const { stdout } = await run("bash", ["-euo", "pipefail", "-c", script.replaceAll(README_URL, url)], {
        cwd: root,
        maxBuffer: 10_000_000,
      });
      expect(missing(stdout, seen) === null ? "all seen" : { missing: missing(stdout, seen), stdout }).toBe(
        "all seen",
      );
    },
  );
});

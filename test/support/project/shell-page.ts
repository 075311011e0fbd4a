import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "./root.ts";

/** Where pages say that the hub is. */
export const PAGE_URL = "http://127.0.0.1:4000";

export type ShellBlock = {
  readonly script: string;
  /** What the page says one will see, in order; `…` on the page stands for anything between them. */
  readonly seen: readonly string[];
};

/** Each shell block of a page, with the block of text below it. */
export const shellBlocks = (page: string): readonly ShellBlock[] =>
  [...readFileSync(join(PROJECT_ROOT, page), "utf8").matchAll(/```sh\n(.*?)```\n```text\n(.*?)```/gs)].map(
    ([, script = "", seen = ""]) => ({ script, seen: seen.trim().split("…") }),
  );

/** The first piece that the output does not have after the pieces before it, or null. */
export const missing = (output: string, pieces: readonly string[]): string | null => {
  let from = 0;
  for (const piece of pieces) {
    const at = output.indexOf(piece, from);
    if (at < 0) return piece;
    from = at + piece.length;
  }
  return null;
};

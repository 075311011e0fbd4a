import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Made from the rest, or the reader's own. */
const NOT_COPIED = new Set(["node_modules", ".git", ".rapport", "dist", "cdk.out", "coverage"]);

export type Copy = { readonly folder: string; readonly remove: () => void };

/**
 * Copies the project, with what is not committed yet, into a folder of its own, so that whatever becomes of a bench the
 * reader's files stay as they are. Packages are linked one by one: what tools keep beside them stays in the copy.
 */
export function copyProject(root: string): Copy {
  const folder = mkdtempSync(join(tmpdir(), "rapport-develop-"));
  for (const name of readdirSync(root)) {
    if (!NOT_COPIED.has(name)) cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  const packages = join(root, "node_modules");
  mkdirSync(join(folder, "node_modules"));
  for (const name of readdirSync(packages)) {
    // `.vite` and the like: what tools have kept.
    if (!name.startsWith(".") || name === ".bin") {
      symlinkSync(join(packages, name), join(folder, "node_modules", name), "junction");
    }
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}

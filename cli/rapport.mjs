#!/usr/bin/env node
// `npx rapport` starts with whatever Node is installed; the program itself is TypeScript and needs the Node 24 that npm
// put into node_modules.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const program = join(dirname(fileURLToPath(import.meta.url)), "rapport.ts");

const findNode = () => {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  try {
    const packageFolder = dirname(createRequire(import.meta.url).resolve("node/package.json"));
    const binary = join(packageFolder, "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
};

const node = findNode();
if (node === null) {
  console.error("rapport: Node 24 is not there. Run `npm ci` in the project first.");
  process.exit(2);
}
// Ctrl-C reaches the program too, which may have something to put in order before it ends.
process.on("SIGINT", () => {});
const { status, signal } = spawnSync(node, [program, ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(signal ? 1 : (status ?? 1));

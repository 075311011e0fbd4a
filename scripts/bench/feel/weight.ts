import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { median } from "./measure.ts";

const ROOT = join(import.meta.dirname, "../../..");
const ROUNDS = 15;

/** What is bundled, as the module that re-exports all of it. */
const MODULES = {
  feel: `export * from "./shared/feel/index.ts";`,
  "feel and dmn": `export * from "./shared/feel/index.ts"; export { compileModel, readDmn, writeDmn, decisionFunctions, bindDecisions } from "./shared/dmn/index.ts";`,
  "lezer-feel alone": `export * from "lezer-feel";`,
};
type ModuleName = keyof typeof MODULES;

export interface Weight {
  readonly bytes: number;
  /** Median time of an import in a fresh process, as a ratio to lezer-feel alone in the same round. */
  readonly importRatio: number;
}

/** Bundle sizes (esbuild, minified, one ESM file for node) and import times, in processes that take turns. */
export async function weigh(): Promise<Record<ModuleName, Weight>> {
  const folder = mkdtempSync(join(tmpdir(), "rapport-bench-"));
  try {
    const feel = await bundle(folder, "feel");
    const dmn = await bundle(folder, "feel and dmn");
    const lezer = await bundle(folder, "lezer-feel alone");
    const times = { feel: [] as number[], dmn: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const base = importTime(lezer.file);
      times.feel.push(importTime(feel.file) / base);
      times.dmn.push(importTime(dmn.file) / base);
    }
    return {
      feel: { bytes: feel.bytes, importRatio: median(times.feel) },
      "feel and dmn": { bytes: dmn.bytes, importRatio: median(times.dmn) },
      "lezer-feel alone": { bytes: lezer.bytes, importRatio: 1 },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function bundle(folder: string, name: ModuleName): Promise<{ file: string; bytes: number }> {
  const result = await build({
    stdin: { contents: MODULES[name], resolveDir: ROOT, loader: "ts" },
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node20",
    write: false,
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error(`nothing was bundled for ${name}`);
  const file = join(folder, `${name.replaceAll(" ", "-")}.mjs`);
  writeFileSync(file, output.contents);
  return { file, bytes: output.contents.length };
}

/** Milliseconds that importing the file takes in a new process, as that process measures it. */
function importTime(file: string): number {
  const script = `const start = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - start);`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }));
}

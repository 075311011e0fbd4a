import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { tablesWithoutDriver } from "#infra/bundle.ts";
import { median } from "../../measure/table.ts";

const ROOT = join(import.meta.dirname, "../../..");
const ROUNDS = 15;

const FEEL = `export * from "./shared/feel/index.ts";`;
const DMN = `${FEEL} export { compileModel, readDmn, writeDmn, decisionFunctions } from "./shared/dmn/index.ts";`;
const LEZER = `export * from "lezer-feel";`;

/** What is bundled, as the module that re-exports all of it, and with which of the plugins of the product's bundles. */
const BUNDLES = {
  feel: { module: FEEL, plugins: [tablesWithoutDriver] },
  "feel and dmn": { module: DMN, plugins: [tablesWithoutDriver] },
  "lezer-feel's tables and tokenizers": { module: LEZER, plugins: [tablesWithoutDriver] },
  "lezer-feel alone, with its driver": { module: LEZER, plugins: [] },
  // What somebody gets who bundles the sources without our plugin: lezer's driver comes along and is not used.
  "feel, lezer's driver left in": { module: FEEL, plugins: [] },
  "feel and dmn, lezer's driver left in": { module: DMN, plugins: [] },
};
type BundleName = keyof typeof BUNDLES;
const BASE: BundleName = "lezer-feel alone, with its driver";

export interface Weight {
  readonly bytes: number;
  /** Median time of an import in a fresh process, as a ratio to lezer-feel alone in the same round. */
  readonly importRatio: number;
}

/** Bundle sizes (esbuild, minified, one ESM file for node) and import times, in processes that take turns. */
export async function weigh(): Promise<Record<BundleName, Weight>> {
  const folder = mkdtempSync(join(tmpdir(), "rapport-bench-"));
  try {
    const names = Object.keys(BUNDLES) as BundleName[];
    const bundles = await Promise.all(names.map((name) => bundle(folder, name)));
    const ratios = bundles.map((): number[] => []);
    for (let round = 0; round < ROUNDS; round += 1) {
      const times = bundles.map(({ file }) => importTime(file));
      const base = times[names.indexOf(BASE)] ?? Number.NaN;
      for (const [index, time] of times.entries()) ratios[index]?.push(time / base);
    }
    const weights = names.map((name, index): [BundleName, Weight] => [
      name,
      { bytes: bundles[index]?.bytes ?? Number.NaN, importRatio: median(ratios[index] ?? []) },
    ]);
    return Object.fromEntries(weights) as Record<BundleName, Weight>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function bundle(folder: string, name: BundleName): Promise<{ file: string; bytes: number }> {
  const { module, plugins } = BUNDLES[name];
  const result = await build({
    stdin: { contents: module, resolveDir: ROOT, loader: "ts" },
    plugins: [...plugins],
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node20",
    write: false,
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error(`nothing was bundled for ${name}`);
  const file = join(folder, `${name.replaceAll(/\W+/g, "-")}.mjs`);
  writeFileSync(file, output.contents);
  return { file, bytes: output.contents.length };
}

/** Milliseconds that importing the file takes in a new process, as that process measures it. */
function importTime(file: string): number {
  const script = `const start = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - start);`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }));
}

import { globSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build, type Metafile } from "esbuild";
import { FUNCTION_BUNDLE } from "#infra/bundle.ts";
import { type Line, printTable } from "../measure/table.ts";

const ROOT = join(import.meta.dirname, "../..");
const BUDGET_KB = 300;
/** Validates playbooks and turns MJML into HTML: MJML alone is ten times the budget of the others. */
const EXEMPT: ReadonlySet<string> = new Set(["playbook/api"]);
/** What belongs where playbooks are uploaded, and nowhere else. */
const UPLOAD_ONLY = /node_modules\/(mjml|lezer-feel|@lezer|yaml)|shared\/dmn\/xml\/read|shared\/feel\/lr\//;

/** Bundles every function as it is deployed (infra/bundle.ts), without AWS clients: their size depends on what it calls. */
const bundle = async (): Promise<Metafile["outputs"]> => {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: globSync("functions/*/*/{handler,later}.ts", { cwd: ROOT }),
    ...FUNCTION_BUNDLE,
    outdir: "bundles",
    outbase: "functions",
    external: ["@aws-sdk/*", "@smithy/*"],
    metafile: true,
    write: false,
  });
  return metafile.outputs;
};

/** `npm run bench -- bundles`: the minified size of each function, without the AWS clients it calls. */
export const run = async (): Promise<number> => {
  const lines: Line[] = [];
  for (const [path, { bytes, inputs }] of Object.entries(await bundle()).sort()) {
    const name = dirname(relative("bundles", path));
    if (path.endsWith("/later.js")) {
      const figure = `${(bytes / 1000).toFixed(0)} KB`;
      lines.push({ what: `  ${name}, beside it, loaded when first needed`, figure, budget: "", holds: null });
      continue;
    }
    const exempt = EXEMPT.has(name);
    lines.push({
      what: name,
      figure: `${(bytes / 1000).toFixed(0)} KB`,
      budget: exempt ? "" : `<= ${BUDGET_KB} KB`,
      holds: exempt ? null : bytes <= BUDGET_KB * 1000,
    });
    const foreign = Object.entries(inputs).filter(
      ([input, { bytesInOutput }]) => bytesInOutput > 0 && UPLOAD_ONLY.test(input),
    );
    if (exempt || foreign.length === 0) continue;
    lines.push({
      what: `  ${foreign.map(([input]) => input).join(", ")}`,
      figure: "bundled",
      budget: "not",
      holds: false,
    });
  }
  return printTable("bundles: minified, beyond the AWS clients", lines);
};

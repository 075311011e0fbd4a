import { globSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build, type Metafile } from "esbuild";
import { FUNCTION_BUNDLE } from "#infra/bundle.ts";
import { type Line, printTable } from "../measure/table.ts";

const ROOT = join(import.meta.dirname, "../..");
/** What belongs where playbooks are uploaded, and nowhere else. */
const UPLOAD_ONLY = /node_modules\/(mjml|lezer-feel|@lezer|yaml)|shared\/dmn\/xml\/read/;
const UPLOADS = "playbook/api";

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

/** `npm run bench -- bundles`: the minified size of each function, without its AWS clients; for information. */
export const run = async (): Promise<number> => {
  const lines = Object.entries(await bundle())
    .sort()
    .flatMap(([path, { bytes, inputs }]): Line[] => {
      const name = dirname(relative("bundles", path));
      const what = path.endsWith("/later.js") ? `  ${name}, beside it, loaded when first needed` : name;
      const size: Line = { what, figure: `${(bytes / 1000).toFixed(0)} KB`, budget: "", holds: null };
      const foreign = Object.keys(inputs).filter(
        (input) => (inputs[input]?.bytesInOutput ?? 0) > 0 && UPLOAD_ONLY.test(input),
      );
      if (name === UPLOADS || foreign.length === 0) return [size];
      return [size, { what: `  ${foreign.join(", ")}`, figure: "bundled", budget: "not", holds: false }];
    });
  return printTable("bundles: minified, beyond the AWS clients", lines);
};

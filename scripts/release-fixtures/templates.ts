import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Template = Readonly<Record<string, unknown>>;

/** Hashes of what was bundled differ with every change of code, and say nothing about a resource. */
const withoutHashes = (text: string): string => text.replaceAll(/\b[0-9a-f]{64}\b/g, "ASSET");

/** The templates of stage `prod`, by stack, synthesized from the project at `root` as a deploy would. */
export const productionTemplates = (root: string): Readonly<Record<string, Template>> => {
  const outdir = mkdtempSync(join(tmpdir(), "rapport-templates-"));
  try {
    const { context } = JSON.parse(readFileSync(join(root, "cdk.json"), "utf8")) as { context: object };
    execFileSync(process.execPath, [join(root, "infra/app.ts")], {
      cwd: root,
      env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) },
      stdio: ["ignore", "ignore", "inherit"],
    });
    const files = readdirSync(outdir)
      .filter((name) => name.endsWith(".template.json"))
      .toSorted();
    return Object.fromEntries(
      files.map((name) => [
        name.replace(".template.json", ""),
        JSON.parse(withoutHashes(readFileSync(join(outdir, name), "utf8"))) as Template,
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

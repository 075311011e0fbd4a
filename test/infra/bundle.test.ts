import { appendFile, cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildApplication } from "../../infra/application.ts";
import { bundleFunctions, codePath } from "../../infra/bundle.ts";
import type { FunctionFolder } from "../../infra/constructs/definition.ts";
import { discoverFunctions, hasHandler } from "../../infra/functions.ts";
import { PROJECT_ROOT, type Templates, templatesOf } from "./assembly.ts";

/** Below the project, so that packages are found as they are for the project itself. */
let directory: string;
let folders: readonly FunctionFolder[];

beforeAll(async () => {
  await mkdir(join(PROJECT_ROOT, "dist"), { recursive: true });
  directory = await mkdtemp(join(PROJECT_ROOT, "dist", "edited-"));
  folders = (await discoverFunctions(PROJECT_ROOT)).filter(hasHandler);
});

afterAll(() => rm(directory, { recursive: true }));

const synthesize = async (outdir: string): Promise<Templates> =>
  templatesOf(
    await buildApplication({
      functions: folders,
      codePath: (folder) => codePath(outdir, folder),
      outdir: join(outdir, "assembly"),
    }),
  );

/** The sources in another place, with one more line in one handler. */
const copyWithEdit = async (edited: string): Promise<readonly FunctionFolder[]> => {
  const tree = join(directory, "tree");
  for (const part of ["functions", "shared", "infra/contract.ts"]) {
    await cp(join(PROJECT_ROOT, part), join(tree, part), { recursive: true });
  }
  await appendFile(join(tree, "functions", edited, "handler.ts"), "\nexport const edited = true;\n");
  return (await discoverFunctions(tree)).filter(hasHandler);
};

describe("editing one handler", () => {
  it("changes the template of its own stack and no other", async () => {
    const before = join(directory, "before");
    const after = join(directory, "after");
    await bundleFunctions({ folders, outdir: before });
    await bundleFunctions({ folders: await copyWithEdit("collect/http"), outdir: after });

    const [first, second] = [await synthesize(before), await synthesize(after)];

    const changed = [...first.keys()].filter(
      (id) => JSON.stringify(first.get(id)) !== JSON.stringify(second.get(id)),
    );
    expect(changed).toEqual(["collect-http"]);
  }, 120_000);
});

describe("a bundle", () => {
  it("is one module without a source map, which is kept beside the packages", async () => {
    const outdir = join(directory, "one");
    const folder = folders.find(({ id }) => id === "api-not-found");
    if (!folder) throw new Error("functions/api/not-found is gone");
    await bundleFunctions({ folders: [folder], outdir });

    const code = await readFile(join(codePath(outdir, folder), "index.mjs"), "utf8");
    expect(code).not.toContain("sourceMappingURL");
    expect(code).not.toContain(PROJECT_ROOT);
    await expect(readFile(join(outdir, "maps", "api-not-found.mjs.map"), "utf8")).resolves.toContain(
      "handler.ts",
    );
  });
});

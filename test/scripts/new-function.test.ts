import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { buildApplication } from "#infra/application.ts";
import { bundleFunctions, codePath } from "#infra/bundle.ts";
import { discoverFunctions } from "#infra/functions.ts";
import { newFunctionFiles, parseNewFunction } from "#scripts/new-function.ts";
import { templatesOf } from "../infra/assembly.ts";
import { PROJECT_ROOT } from "../support/project/root.ts";

let tree = "";
afterEach(() => rm(tree, { recursive: true, force: true }));

/** Writes the files where the project's own `../../../shared` stands at the same distance. */
const writeTree = async (files: Readonly<Record<string, string>>): Promise<void> => {
  await mkdir(join(PROJECT_ROOT, "dist"), { recursive: true });
  tree = await mkdtemp(join(PROJECT_ROOT, "dist", "new-"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), text.replaceAll("../../../shared/", `${PROJECT_ROOT}shared/`));
  }
};

describe("npm run new:function", () => {
  it("makes functions of both kinds that bundle and synthesize as they are", async () => {
    await writeTree({
      ...newFunctionFiles({ group: "receive", name: "email", kind: "worker" }),
      ...newFunctionFiles({ group: "receive", name: "webhook", kind: "http" }),
    });
    const functions = await discoverFunctions(tree);
    const outdir = join(tree, "out");

    await bundleFunctions({ folders: functions, outdir });
    const app = await buildApplication({
      functions,
      codePath: (folder) => codePath(outdir, folder),
      outdir: join(tree, "assembly"),
    });

    expect([...templatesOf(app).keys()]).toEqual(
      expect.arrayContaining(["receive-email", "receive-webhook"]),
    );
  }, 60_000);

  it("makes a page of the runbook for each alarm", () => {
    expect(Object.keys(newFunctionFiles({ group: "receive", name: "email", kind: "worker" }))).toEqual(
      expect.arrayContaining([
        "docs/runbook/receive-email-dead-letter.md",
        "docs/runbook/receive-email-late.md",
      ]),
    );
  });

  it("says how it is called when it is called otherwise", () => {
    expect(() => parseNewFunction(["Receive"])).toThrow("is not <group>/<name>");
    expect(() => parseNewFunction(["receive/email"])).toThrow("over HTTP or fed by a queue");
    expect(parseNewFunction(["receive/email", "worker"])).toEqual({
      group: "receive",
      name: "email",
      kind: "worker",
    });
  });
});

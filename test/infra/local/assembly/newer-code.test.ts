import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bundleFunctions } from "#infra/bundle.ts";
import { discoverFunctions } from "#infra/functions.ts";
import { newerCode, readMade, renewCode } from "#infra/local/assembly/newer-code.ts";
import { codeSources, hashTemplateSources, type Made } from "#infra/local/assembly/sources.ts";
import { PROJECT_ROOT } from "../../../support/project/root.ts";

/** A project of two functions that share a module, and an assembly made from it. */
let root: string;
let assembly: string;
let made: Made;

const write = (path: string, text: string): void => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(async () => {
  mkdirSync(join(PROJECT_ROOT, "dist"), { recursive: true });
  root = mkdtempSync(join(PROJECT_ROOT, "dist", "newer-"));
  write("infra/app.ts", 'import "../shared/names.ts";\n');
  write("shared/names.ts", 'export const NAME = "names";\n');
  write("shared/words.ts", 'export const WORD = "hello";\n');
  for (const name of ["one", "two"]) {
    write(`functions/a/${name}/stack.ts`, "export default { memory: 1 };\n");
    write(
      `functions/a/${name}/handler.ts`,
      `import { WORD } from "../../../shared/words.ts";\nexport const handler = () => "${name} " + WORD;\n`,
    );
  }
  assembly = join(root, "assembly");
  const outdir = join(root, "built");
  await bundleFunctions({ folders: await discoverFunctions(root), outdir });
  const metafile = JSON.parse(readFileSync(join(outdir, "meta.json"), "utf8"));
  made = { templates: "t", code: codeSources(root, process.cwd(), metafile) };
  mkdirSync(assembly);
  writeFileSync(join(assembly, "manifest.json"), "{}");
});
afterEach(() => rmSync(root, { recursive: true }));

const renew = async (): Promise<string> => {
  const to = join(root, "renewed");
  rmSync(to, { recursive: true, force: true });
  await renewCode({ root, from: assembly, to }, made);
  return to;
};
const answerOf = async (folder: string | null): Promise<unknown> => {
  const { handler } = await import(/* @vite-ignore */ `${folder}/index.mjs?${Math.random()}`);
  return handler();
};

describe("an assembly of the same templates", () => {
  it("has nothing newer where nothing has changed", async () => {
    const to = await renew();

    expect(newerCode(to, "a/one")).toBeNull();
    expect(existsSync(join(to, "manifest.json"))).toBe(true);
  });

  it("has the code of a changed handler, and of no other", async () => {
    writeFileSync(join(root, "functions/a/one/handler.ts"), 'export const handler = () => "changed";\n');
    const to = await renew();

    expect(await answerOf(newerCode(to, "a/one"))).toBe("changed");
    expect(newerCode(to, "a/two")).toBeNull();
  });

  it("has the code of every function that a changed module is part of, and keeps it the next time", async () => {
    writeFileSync(join(root, "shared/words.ts"), 'export const WORD = "good day";\n');
    assembly = await renew();
    made = readMade(assembly) ?? made;
    writeFileSync(join(root, "functions/a/one/handler.ts"), 'export const handler = () => "changed";\n');
    const next = join(root, "next");
    await renewCode({ root, from: assembly, to: next }, made);

    expect(await answerOf(newerCode(next, "a/one"))).toBe("changed");
    expect(await answerOf(newerCode(next, "a/two"))).toBe("two good day");
  });

  it("is not made where code does not bundle: the error names file and line", async () => {
    appendFileSync(join(root, "functions/a/one/handler.ts"), "export const x = ;\n");
    await expect(renew()).rejects.toThrow(/functions\/a\/one\/handler\.ts:3/);
  });
});

describe("the templates of a project", () => {
  it("are the same while only handlers and what they import change", async () => {
    const before = await hashTemplateSources(root);
    appendFileSync(join(root, "functions/a/one/handler.ts"), "export const x = 1;\n");
    appendFileSync(join(root, "shared/words.ts"), "export const y = 1;\n");
    expect(await hashTemplateSources(root)).toBe(before);
  });

  it.each(["functions/a/one/stack.ts", "shared/names.ts", "infra/app.ts", "cdk.json"])(
    "are others once %s changes",
    async (path) => {
      const before = await hashTemplateSources(root);
      appendFileSync(join(root, path), "\n// changed\n");
      expect(await hashTemplateSources(root)).not.toBe(before);
    },
  );
});

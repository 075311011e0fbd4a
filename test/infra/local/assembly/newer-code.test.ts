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
import { newerCode, noteMade, readMade, renewCode } from "#infra/local/assembly/newer-code.ts";
import {
  codeSources,
  digestsIn,
  hashSources,
  haveSameTemplates,
  isStale,
  type Made,
  templateSources,
} from "#infra/local/assembly/sources.ts";
import { PROJECT_ROOT } from "../../../support/project/root.ts";

/** As esbuild tells of a bundle of one file. */
const OUTPUT = { bytes: 0, inputs: { "console/main.tsx": { bytesInOutput: 0 } }, imports: [], exports: [] };

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
  made = { templates: await templateSources(root), code: codeSources(root, process.cwd(), metafile) };
  mkdirSync(assembly);
  noteMade(assembly, made);
  writeFileSync(join(assembly, "manifest.json"), "{}");
});
afterEach(() => rmSync(root, { recursive: true }));

const renew = async (): Promise<string> => {
  const to = join(root, "renewed");
  rmSync(to, { recursive: true, force: true });
  await renewCode({ root, from: assembly, to, made, digest: digestsIn(root) });
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
    await renewCode({ root, from: assembly, to: next, made, digest: digestsIn(root) });

    expect(await answerOf(newerCode(next, "a/one"))).toBe("changed");
    expect(await answerOf(newerCode(next, "a/two"))).toBe("two good day");
  });

  it("leaves the one it is made from as it was, whatever is written into it", async () => {
    const before = readFileSync(join(assembly, "made.json"), "utf8");
    appendFileSync(join(root, "shared/words.ts"), "export const y = 1;\n");
    const to = await renew();
    writeFileSync(join(to, "complete"), "");

    expect(readFileSync(join(assembly, "made.json"), "utf8")).toBe(before);
    expect(readMade(to)?.code["a-one"]).not.toEqual(made.code["a-one"]);
    expect(existsSync(join(assembly, "complete"))).toBe(false);
  });

  it("is not made where code does not bundle: the error names file and line", async () => {
    appendFileSync(join(root, "functions/a/one/handler.ts"), "export const x = ;\n");
    await expect(renew()).rejects.toThrow(/functions\/a\/one\/handler\.ts:3/);
  });
});

describe("the templates of a project", () => {
  const areSame = (): Promise<boolean> => haveSameTemplates(root, made.templates, digestsIn(root));

  it("are the same while only handlers and what they import change", async () => {
    appendFileSync(join(root, "functions/a/one/handler.ts"), "export const x = 1;\n");
    appendFileSync(join(root, "shared/words.ts"), "export const y = 1;\n");
    expect(await areSame()).toBe(true);
  });

  it.each([
    "functions/a/one/stack.ts",
    "shared/names.ts",
    "infra/app.ts",
    "cdk.json",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
  ])("are others once %s changes", async (path) => {
    appendFileSync(join(root, path), "\n// changed\n");
    expect(await areSame()).toBe(false);
  });

  it("are others once there is another function, or one less", async () => {
    write("functions/a/three/stack.ts", "export default { memory: 1 };\n");
    expect(await areSame()).toBe(false);
    rmSync(join(root, "functions/a/three"), { recursive: true });
    expect(await areSame()).toBe(true);
    rmSync(join(root, "functions/a/two"), { recursive: true });
    expect(await areSame()).toBe(false);
  });
});

describe("the code of a function", () => {
  it("is stale once a file it is made from has changed, or is gone", () => {
    const one = made.code["a-one"];
    if (one === undefined) throw new Error("nothing is noted of it");
    expect(isStale(one, digestsIn(root))).toBe(false);
    appendFileSync(join(root, "shared/words.ts"), "export const y = 1;\n");
    expect(isStale(one, digestsIn(root))).toBe(true);
    rmSync(join(root, "shared/words.ts"));
    expect(isStale(one, digestsIn(root))).toBe(true);
  });

  it.each(["console/main.tsx", "client/api.ts", "shared/dmn/grid.ts", "tsconfig.json"])(
    "is stale, where it serves the console, once %s has changed",
    (path) => {
      write("console/build/sources.json", '["console", "client", "shared/dmn", "tsconfig.json"]');
      for (const file of ["console/main.tsx", "client/api.ts", "shared/dmn/grid.ts", "tsconfig.json"])
        write(file, "1");
      const outputs = { "functions/console-assets/index.mjs": OUTPUT };
      const assets = codeSources(root, root, { outputs })["console-assets"];
      if (assets === undefined) throw new Error("nothing is noted of it");
      expect(isStale(assets, digestsIn(root))).toBe(false);
      appendFileSync(join(root, path), "2");
      expect(isStale(assets, digestsIn(root))).toBe(true);
    },
  );
});

describe("an assembly's name", () => {
  it.each([
    "infra/app.ts",
    "functions/a/one/handler.ts",
    "shared/words.ts",
    "providers/one/send.ts",
    "console/main.tsx",
    "client/api.ts",
    "cdk.json",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
  ])("is another once %s changes", (path) => {
    const before = hashSources(root);
    write(path, "changed");
    expect(hashSources(root)).not.toBe(before);
  });

  it("is the same while only the local cloud itself changes", () => {
    const before = hashSources(root);
    write("infra/local/cloud.ts", "changed");
    expect(hashSources(root)).toBe(before);
  });
});

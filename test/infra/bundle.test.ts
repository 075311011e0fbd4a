import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { described } from "#functions/send/api/document.ts";
import { buildApplication } from "#infra/application.ts";
import { bundleFunctions, codePath, FUNCTION_BUNDLE } from "#infra/bundle.ts";
import type { FunctionFolder } from "#infra/constructs/definition.ts";
import { fetchingSettings } from "#infra/constructs/provider-resources.ts";
import { discoverFunctions } from "#infra/functions.ts";
import { OUTLET } from "#providers/all.outlet.ts";
import * as RESOURCES from "#providers/all.resources.ts";
import * as SENDERS from "#providers/all.senders.ts";
import { ENV } from "#runtime/names.ts";
import { CARRIED } from "../support/hub/assembly.ts";
import { PROJECT_ROOT } from "../support/project/root.ts";
import { resourcesOfType, type Templates, templatesOf } from "./assembly.ts";

/** Below the project, so that packages are found as they are for the project itself. */
let directory: string;
let folders: readonly FunctionFolder[];
/** All bundles of the project as it is, and the templates made of them. */
let outdir: string;
let templates: Templates;

beforeAll(async () => {
  await mkdir(join(PROJECT_ROOT, "dist"), { recursive: true });
  directory = await mkdtemp(join(PROJECT_ROOT, "dist", "edited-"));
  folders = await discoverFunctions(PROJECT_ROOT);
  outdir = join(directory, "all");
  await bundleFunctions({ folders, outdir });
  templates = await synthesize(outdir);
});

afterAll(() => rm(directory, { recursive: true }));

const synthesize = async (bundles: string): Promise<Templates> =>
  templatesOf(
    await buildApplication({
      functions: folders,
      codePath: (folder) => codePath(bundles, folder),
      context: { "rapport:channels": CARRIED },
      outdir: join(bundles, "assembly"),
    }),
  );

/** The sources in another place, with one more line in one handler. */
const copyWithEdit = async (edited: string): Promise<readonly FunctionFolder[]> => {
  const tree = join(directory, "tree");
  for (const part of ["functions", "providers", "shared"]) {
    await cp(join(PROJECT_ROOT, part), join(tree, part), { recursive: true });
  }
  await appendFile(join(tree, "functions", edited, "handler.ts"), "\nexport const edited = true;\n");
  return discoverFunctions(tree);
};

describe("editing one handler", () => {
  it("changes the template of its own stack and no other", async () => {
    const after = join(directory, "after");
    await bundleFunctions({ folders: await copyWithEdit("collect/http"), outdir: after });

    const others = await synthesize(after);

    const changed = [...templates.keys()].filter(
      (id) => JSON.stringify(templates.get(id)) !== JSON.stringify(others.get(id)),
    );
    expect(changed).toEqual(["collect-http"]);
  }, 120_000);
});

const AGREED_NAMES = Object.keys(ENV).join("|");
const READING = new RegExp(`\\((?:"(?:${AGREED_NAMES})",?)+\\)`, "g");

/** Names that a bundle hands to `readEnv`: of what it does not call nothing is left in it. */
const environmentRead = (bundle: string): readonly string[] =>
  (bundle.match(READING) ?? [])
    .flatMap((names) => [...names.matchAll(/"(\w+)"/g)].map(([, name]) => name as keyof typeof ENV))
    .map((name) => ENV[name]);

/** What the providers of a sending worker's channel need. */
const settingsOf = ({ group, name }: FunctionFolder): readonly string[] =>
  Object.entries(SENDERS)
    .filter(([channel]) => group === "send" && channel === name)
    .flatMap(([, senders]) => Object.values(senders))
    .flatMap(({ settings }) => settings);

/** What providers need whose media are fetched by the function that takes their calls. */
const settingsOfFetching = ({ group, name }: FunctionFolder): readonly string[] =>
  group === "receive" && name === "webhook" ? Object.keys(fetchingSettings(RESOURCES)) : [];

/** What they need who tell systems outside. */
const settingsOfTelling = ({ group }: FunctionFolder): readonly string[] =>
  group === "tell" ? [...OUTLET.values()].flatMap(({ settings }) => settings) : [];

describe("the environment of a function", () => {
  it("is what its handler reads, no less and no more", async () => {
    for (const folder of folders) {
      const bundle = await readFile(join(codePath(outdir, folder), "index.mjs"), "utf8");
      const read = new Set<string>([
        ...environmentRead(bundle),
        ...settingsOf(folder),
        ...settingsOfFetching(folder),
        ...settingsOfTelling(folder),
        ENV.stage,
        ENV.functionName,
      ]);

      const template = templates.get(folder.id);
      const given = template ? resourcesOfType(template, "AWS::Lambda::Function") : [];
      const { Variables } = z
        .object({ Variables: z.record(z.string(), z.unknown()) })
        .parse(given[0]?.[1].Properties.Environment);
      expect(Object.keys(Variables).toSorted(), folder.id).toEqual([...read].toSorted());
    }
  }, 60_000);
});

const Meta = z.object({
  outputs: z.record(
    z.string(),
    z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) }),
  ),
});

/** The providers of which something is in each bundle, by the function's id. */
const providersBundled = async (): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const { outputs } = Meta.parse(JSON.parse(await readFile(join(outdir, "meta.json"), "utf8")));
  const bundles = Object.entries(outputs).filter(([path]) => path.endsWith("/index.mjs"));
  return new Map(
    bundles.map(([path, { inputs }]) => {
      const carried = Object.entries(inputs)
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .flatMap(([input]) => /(?:^|\/)providers\/([\w-]+)\/sender\.ts$/.exec(input)?.[1] ?? []);
      return [basename(dirname(path)), new Set(carried)];
    }),
  );
};

describe("the bundle of a channel's worker", () => {
  it("carries the providers of its channel, and no other function carries any", async () => {
    const bundled = await providersBundled();
    for (const { id, group, name } of folders) {
      const own = Object.entries(SENDERS).find(([channel]) => group === "send" && channel === name);
      expect([...(bundled.get(id) ?? [])], id).toEqual(Object.keys(own?.[1] ?? {}));
    }
    expect(bundled.get("send-email")?.size).toBeGreaterThan(0);
  }, 60_000);
});

describe("a bundle", () => {
  it("is one module without a source map, which is kept beside the packages", async () => {
    const alone = join(directory, "one");
    const folder = folders.find(({ id }) => id === "api-not-found");
    if (!folder) throw new Error("functions/api/not-found is gone");
    await bundleFunctions({ folders: [folder], outdir: alone });

    const code = await readFile(join(codePath(alone, folder), "index.mjs"), "utf8");
    expect(code).not.toContain("sourceMappingURL");
    expect(code).not.toContain(PROJECT_ROOT);
    await expect(readFile(join(alone, "maps", "api-not-found.mjs.map"), "utf8")).resolves.toContain(
      "handler.ts",
    );
  });

  it("carries no words for readers of the API's document", async () => {
    const folder = folders.find(({ id }) => id === "send-api");
    if (!folder) throw new Error("functions/send/api is gone");
    const code = await readFile(join(codePath(outdir, folder), "index.mjs"), "utf8");
    expect(code).toContain("/v1/messages/{id}");
    expect(code).not.toContain(described.calls.showMessage.summary);
  });

  it("holds nothing of undici, but what refuses whoever would load a page by it", async () => {
    const outfile = join(directory, "undici", "loading.mjs");
    const contents = 'export { fromURL } from "cheerio";';
    await build({ stdin: { contents, resolveDir: PROJECT_ROOT }, ...FUNCTION_BUNDLE, outfile });

    expect(await readFile(outfile, "utf8")).not.toContain("UND_ERR_");
    const { fromURL } = await import(/* @vite-ignore */ outfile);
    await expect(fromURL("https://example.com/")).rejects.toThrow("undici is left out of bundles");
  });

  it("takes away what an earlier one left in its package", async () => {
    const again = join(directory, "left");
    const folder = folders.find(({ id }) => id === "api-not-found");
    if (!folder) throw new Error("functions/api/not-found is gone");
    const code = codePath(again, folder);
    await bundleFunctions({ folders: [folder], outdir: again });
    await writeFile(join(code, "later.mjs"), "export {};\n");
    await bundleFunctions({ folders: [folder], outdir: again });
    expect(await readdir(code)).toEqual(["index.mjs"]);
  });
});

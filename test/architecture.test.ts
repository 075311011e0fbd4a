import { describe, expect, it } from "vitest";
import { fileImports, folderImports, ringsIn } from "#scripts/structure/graph.ts";
import { isRecursive, LAYERS, upwardArrows } from "#scripts/structure/layers.ts";
import { CODE, packageOf, type SourceFile, sourcesIn } from "#scripts/structure/sources.ts";

const within = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path.startsWith(folder));

const ownFiles = (file: SourceFile): readonly string[] =>
  file.imports.filter((imported) => packageOf(imported) === undefined);

const packages = (file: SourceFile): readonly string[] =>
  file.imports.flatMap((imported) => packageOf(imported) ?? []);

describe("dependencies point inwards", () => {
  for (const { folder, mayImport, packages: allowed } of LAYERS) {
    it(`${folder} imports only itself${mayImport.map((other) => `, ${other}`).join("")}`, () => {
      expect(upwardArrows(sourcesIn(folder))).toEqual([]);
    });

    if (!allowed) continue;
    it(`${folder} uses only small pure packages`, () => {
      const wrong = sourcesIn(folder).flatMap((file) =>
        packages(file)
          .filter((name) => !allowed.includes(name))
          .map((name) => `${file.path} imports ${name}`),
      );
      expect(wrong).toEqual([]);
    });
  }

  it("an adapter knows the technology of its own folder only, and how calls are joined", () => {
    const wrong = sourcesIn("shared/adapters").flatMap((file) => {
      const technology = `${file.path.split("/").slice(0, 3).join("/")}/`;
      return ownFiles(file)
        .filter((imported) => /^shared\/adapters\/[^/]+\//.test(imported))
        .filter((imported) => !within(imported, [technology, "shared/adapters/joining/"]))
        .map((imported) => `${file.path} imports ${imported}`);
    });
    expect(wrong).toEqual([]);
  });

  it("a function imports runtime, adapters, domain and its own folder; its stack the constructs", () => {
    expect(upwardArrows(sourcesIn("functions"))).toEqual([]);
  });

  it("a provider knows channels, ports, its own folder and how senders call; of what deploys and plays it, one face each", () => {
    expect(upwardArrows(sourcesIn("providers"))).toEqual([]);
  });

  it("no folder leads back to itself", () => {
    expect(ringsIn(folderImports(sourcesIn(...CODE, "test/support")))).toEqual([]);
  });

  it("no file leads back to itself, but within a compiler that is recursive by nature", () => {
    const rings = ringsIn(fileImports(sourcesIn(...CODE)));
    expect(rings.filter((ring) => !isRecursive(ring))).toEqual([]);
  });

  it("nothing that is shipped imports tests, the lab or scripts", () => {
    const wrong = sourcesIn("shared", "providers", "functions", "infra", "client", "cli").flatMap((file) =>
      ownFiles(file)
        .filter((imported) => within(imported, ["test/", "lab/", "scripts/"]))
        .map((imported) => `${file.path} imports ${imported}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe("the core and the use cases are pure", () => {
  const IMPURE: readonly RegExp[] = [
    /\bprocess\.env\b/,
    /\bDate\.now\(/,
    /\bnew Date\(\s*\)/,
    /\bperformance\.now\(/,
    /\bMath\.random\(/,
    /\brandomUUID\w*\(/,
    /\brandomBytes\(/,
    /\bgetRandomValues\(/,
    /\bset(?:Timeout|Interval|Immediate)\b/,
  ];

  it("reads no clock, no environment and no chance: they are arguments", () => {
    const wrong = sourcesIn(
      "shared/kernel",
      "shared/template",
      "shared/channels",
      "shared/domain",
      "shared/feel",
      "shared/dmn",
      "shared/usecases",
    ).flatMap(({ path, text }) =>
      IMPURE.filter((pattern) => pattern.test(text)).map((pattern) => `${path}: ${pattern.source}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe("files stay readable", () => {
  const WANTS_SPLITTING = 250;
  const LIMIT = 300;

  it(`no file is longer than ${LIMIT} lines, and those past ${WANTS_SPLITTING} are named`, () => {
    const sizes = sourcesIn(...CODE)
      .filter(({ path }) => !path.endsWith(".generated.ts"))
      .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }));
    for (const { lines, path } of sizes.filter((file) => file.lines > WANTS_SPLITTING)) {
      console.warn(`${path} has ${lines} lines and wants splitting`);
    }
    expect(sizes.filter(({ lines }) => lines > LIMIT)).toEqual([]);
  });
});

import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { importsIn, packageOf, type SourceFile, sourcesIn } from "./support/project/sources.ts";

/** Who may import whom (docs/architecture.md): a folder, the folders beside itself it may reach, its packages if they are few. */
interface Layer {
  readonly folder: string;
  readonly mayImport: readonly string[];
  readonly packages?: readonly string[];
}

const shared = (...rooms: readonly string[]): readonly string[] => rooms.map((room) => `shared/${room}/`);

/** Pure rooms that everything above them may name. */
const CORE = shared("kernel", "events", "template", "domain");

const LAYERS: readonly Layer[] = [
  // What every room speaks: it knows nobody.
  { folder: "shared/kernel/", mayImport: [], packages: ["node:crypto"] },
  { folder: "shared/feel/", mayImport: [], packages: ["lezer-feel"] },
  { folder: "shared/dmn/", mayImport: shared("feel"), packages: [] },
  // Contracts between publisher and subscriber: plain data that even the domain may name.
  { folder: "shared/events/", mayImport: [], packages: ["zod"] },
  { folder: "shared/template/", mayImport: shared("kernel"), packages: ["liquidjs"] },
  {
    folder: "shared/domain/",
    mayImport: shared("kernel", "events", "template", "feel", "dmn"),
    // Small and pure: they read and write nothing but what they are given.
    packages: ["zod", "yaml", "node:crypto", "node:zlib"],
  },
  { folder: "shared/ports/", mayImport: shared("kernel", "domain"), packages: [] },
  { folder: "shared/adapters/", mayImport: shared("kernel", "domain", "ports") },
  // What is neither pure nor pipeline, over ports alone: a simulation runs it in memory, on a clock of its own.
  {
    folder: "shared/usecases/",
    mayImport: [...CORE, ...shared("ports")],
    packages: ["zod", "node:crypto"],
  },
  { folder: "shared/runtime/", mayImport: [...CORE, ...shared("ports", "adapters", "usecases")] },
  { folder: "infra/", mayImport: shared("kernel", "domain", "ports", "adapters", "runtime") },
  // The command is a product: it speaks with a hub and checks playbooks, and knows nothing of how a hub is deployed.
  { folder: "cli/", mayImport: shared("kernel", "domain", "ports", "adapters", "runtime") },
  // What serves all functions alike knows none of them by name: it finds them by their folders.
  { folder: "lab/", mayImport: ["cli/", "infra/", "shared/", "test/feel/support/"] },
  { folder: "scripts/", mayImport: ["cli/", "infra/", "shared/"] },
];

const FUNCTION_MAY_IMPORT = [...CORE, ...shared("ports", "adapters", "usecases", "runtime")];

const within = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path.startsWith(folder));

const ownFiles = (file: SourceFile): readonly string[] =>
  file.imports.filter((imported) => packageOf(imported) === undefined);

const packages = (file: SourceFile): readonly string[] =>
  file.imports.flatMap((imported) => packageOf(imported) ?? []);

const functionOf = (path: string): string => path.split("/").slice(0, 3).join("/");

/** Imports between folders, types included: a folder and the folders in it are places of their own. */
const folderImports = (files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const byFolder = new Map<string, Set<string>>();
  for (const file of files) {
    const own = dirname(file.path);
    const reached = byFolder.get(own) ?? new Set();
    byFolder.set(own, reached);
    for (const folder of ownFiles(file).map(dirname)) if (folder !== own) reached.add(folder);
  }
  return byFolder;
};

const fileImports = (files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(files.map((file) => [file.path, new Set(ownFiles(file))]));

/** One ring: places of which each imports the next, and the last the first. Empty: there is none. */
const ringIn = (imports: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] => {
  const done = new Set<string>();
  const from = (place: string, way: readonly string[]): readonly string[] => {
    if (way.includes(place)) return way.slice(way.indexOf(place));
    if (done.has(place)) return [];
    for (const next of imports.get(place) ?? []) {
      const ring = from(next, [...way, place]);
      if (ring.length > 0) return ring;
    }
    done.add(place);
    return [];
  };
  for (const place of imports.keys()) {
    const ring = from(place, []);
    if (ring.length > 0) return ring;
  }
  return [];
};

/** The rooms of the pipeline and of the core; the languages and the local cloud have rules of their own below. */
const ROOMS = ["kernel", "template", "domain", "events", "ports", "adapters", "usecases", "runtime"].map(
  (room) => `shared/${room}`,
);

describe("dependencies point inwards", () => {
  for (const { folder, mayImport, packages: allowed } of LAYERS) {
    it(`${folder} imports only itself${mayImport.map((other) => `, ${other}`).join("")}`, () => {
      const files = sourcesIn(folder);
      const wrong = files.flatMap((file) =>
        ownFiles(file)
          .filter((imported) => !within(imported, [folder, ...mayImport]))
          .map((imported) => `${file.path} imports ${imported}`),
      );
      expect(wrong).toEqual([]);
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

  it("an adapter knows the technology of its own folder only, and what lies beside the folders", () => {
    const wrong = sourcesIn("shared/adapters").flatMap((file) => {
      const technology = `${file.path.split("/").slice(0, 3).join("/")}/`;
      return ownFiles(file)
        .filter((imported) => /^shared\/adapters\/[^/]+\//.test(imported))
        .filter((imported) => !imported.startsWith(technology))
        .map((imported) => `${file.path} imports ${imported}`);
    });
    expect(wrong).toEqual([]);
  });

  it("a function imports runtime, adapters, domain and its own folder; its stack the constructs", () => {
    const wrong = sourcesIn("functions").flatMap((file) => {
      const own = `${functionOf(file.path)}/`;
      const allowed = file.path.endsWith("/stack.ts")
        ? ["infra/constructs/", own]
        : [...FUNCTION_MAY_IMPORT, own];
      return ownFiles(file)
        .filter((imported) => !within(imported, allowed))
        .map((imported) => `${file.path} imports ${imported}`);
    });
    expect(wrong).toEqual([]);
  });

  it("no folder leads back to itself", () => {
    expect(ringIn(folderImports(sourcesIn(...ROOMS, "functions", "cli")))).toEqual([]);
  });

  it("no file outside the languages leads back to itself", () => {
    const files = sourcesIn("shared", "functions", "infra", "cli", "lab", "scripts").filter(
      ({ path }) => !within(path, ["shared/feel/", "shared/dmn/compile/"]),
    );
    expect(ringIn(fileImports(files))).toEqual([]);
  });

  it("nothing that is shipped imports tests, the lab or scripts", () => {
    const wrong = sourcesIn("shared", "functions", "infra", "cli").flatMap((file) =>
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
    const sizes = sourcesIn("shared", "functions", "infra", "cli", "lab", "scripts")
      .filter(({ path }) => !path.endsWith(".generated.ts"))
      .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }));
    for (const { lines, path } of sizes.filter((file) => file.lines > WANTS_SPLITTING)) {
      console.warn(`${path} has ${lines} lines and wants splitting`);
    }
    expect(sizes.filter(({ lines }) => lines > LIMIT)).toEqual([]);
  });
});

describe("the scanner behind these rules", () => {
  const file = (path: string, ...imports: string[]): SourceFile => ({ path, text: "", imports });

  it("sees files that lead back to themselves, and where there are none", () => {
    const open = [file("shared/a", "shared/b"), file("shared/b", "shared/c"), file("shared/c")];
    expect(ringIn(fileImports(open))).toEqual([]);
    const closed = [...open, file("shared/d", "shared/a"), file("shared/c", "shared/b")];
    expect(ringIn(fileImports(closed))).toEqual(["shared/b", "shared/c"]);
  });

  it("sees folders that lead back to themselves though no file does", () => {
    const files = [
      file("shared/a/x.ts", "shared/b/y.ts"),
      file("shared/b/z.ts", "shared/a/w.ts"),
      file("shared/a/w.ts"),
    ];
    expect(ringIn(fileImports(files))).toEqual([]);
    expect(ringIn(folderImports(files))).toEqual(["shared/a", "shared/b"]);
  });

  it("sees every form of import and no comment", () => {
    const text = [
      'import type { A } from "../b/a.ts";',
      'import {\n  B,\n} from "zod/mini";',
      'export { C } from "./c.ts";',
      'import "node:crypto";',
      'const d = await import("../d.ts");',
      'import type { H } from "#events/h.ts";',
      '// import { E } from "../e.ts";',
      '/* from "../f.ts" */',
      'const text = "from"; const g = `from "../g.ts"`;',
    ].join("\n");
    expect(importsIn("shared/domain/x.ts", text)).toEqual([
      "shared/b/a.ts",
      "zod/mini",
      "shared/domain/c.ts",
      "node:crypto",
      "shared/d.ts",
      "shared/events/h.ts",
    ]);
  });
});

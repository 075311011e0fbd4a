import { describe, expect, it } from "vitest";
import { importsIn, packageOf, type SourceFile, sourcesIn } from "./support/project/sources.ts";

/** Who may import whom (docs/architecture.md): a folder, the folders it may reach, and its packages if they are few. */
interface Layer {
  readonly folder: string;
  readonly mayImport: readonly string[];
  readonly packages?: readonly string[];
}

const LAYERS: readonly Layer[] = [
  { folder: "shared/feel/", mayImport: ["shared/feel/"], packages: ["lezer-feel"] },
  { folder: "shared/dmn/", mayImport: ["shared/feel/", "shared/dmn/"], packages: [] },
  {
    folder: "shared/domain/",
    mayImport: ["shared/domain/", "shared/events/", "shared/feel/", "shared/dmn/"],
    // Small and pure: they read and write nothing but what they are given.
    packages: ["zod", "liquidjs", "yaml", "node:crypto", "node:zlib"],
  },
  // Contracts between publisher and subscriber: plain data that even the domain may name.
  { folder: "shared/events/", mayImport: ["shared/events/"], packages: ["zod"] },
  { folder: "shared/ports/", mayImport: ["shared/ports/", "shared/domain/"], packages: [] },
  {
    folder: "shared/adapters/",
    mayImport: ["shared/adapters/", "shared/ports/", "shared/domain/"],
  },
  {
    folder: "shared/runtime/",
    mayImport: ["shared/runtime/", "shared/adapters/", "shared/ports/", "shared/domain/", "shared/events/"],
  },
  {
    folder: "infra/",
    mayImport: ["infra/", "shared/runtime/", "shared/adapters/", "shared/ports/", "shared/domain/"],
  },
  // The command is a product: it speaks with a hub and checks playbooks, and knows nothing of how a hub is deployed.
  {
    folder: "cli/",
    mayImport: ["cli/", "shared/runtime/", "shared/adapters/", "shared/ports/", "shared/domain/"],
  },
  // What serves all functions alike knows none of them by name: it finds them by their folders.
  { folder: "lab/", mayImport: ["lab/", "cli/", "infra/", "shared/", "test/feel/support/"] },
  { folder: "scripts/", mayImport: ["scripts/", "cli/", "infra/", "shared/"] },
];

const FUNCTION_MAY_IMPORT = [
  "shared/runtime/",
  "shared/adapters/",
  "shared/ports/",
  "shared/domain/",
  "shared/events/",
];

const within = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path.startsWith(folder));

const ownFiles = (file: SourceFile): readonly string[] =>
  file.imports.filter((imported) => packageOf(imported) === undefined);

const packages = (file: SourceFile): readonly string[] =>
  file.imports.flatMap((imported) => packageOf(imported) ?? []);

const functionOf = (path: string): string => path.split("/").slice(0, 3).join("/");

/** The files of one circle of imports, types included; empty: there is none. */
const circleIn = (files: readonly SourceFile[]): readonly string[] => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const from = (path: string, way: readonly string[]): readonly string[] => {
    if (way.includes(path)) return way.slice(way.indexOf(path));
    if (done.has(path)) return [];
    for (const next of byPath.get(path)?.imports ?? []) {
      const circle = from(next, [...way, path]);
      if (circle.length > 0) return circle;
    }
    done.add(path);
    return [];
  };
  return files.map(({ path }) => from(path, [])).find((circle) => circle.length > 0) ?? [];
};

describe("dependencies point inwards", () => {
  for (const { folder, mayImport, packages: allowed } of LAYERS) {
    it(`${folder} imports only ${mayImport.join(", ")}`, () => {
      const files = sourcesIn(folder);
      const wrong = files.flatMap((file) =>
        ownFiles(file)
          .filter((imported) => !within(imported, mayImport))
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

  it("no file outside the languages and the playbook, whose rules hold rules, leads back to itself", () => {
    const files = sourcesIn("shared", "functions", "infra", "cli", "lab", "scripts").filter(
      ({ path }) => !within(path, ["shared/feel/", "shared/dmn/compile/", "shared/domain/playbook/"]),
    );
    expect(circleIn(files)).toEqual([]);
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

describe("the core is pure", () => {
  const IMPURE: readonly RegExp[] = [
    /\bprocess\.env\b/,
    /\bDate\.now\(/,
    /\bnew Date\(\s*\)/,
    /\bperformance\.now\(/,
    /\bMath\.random\(/,
    /\brandomUUID\w*\(/,
    /\brandomBytes\(/,
    /\bgetRandomValues\(/,
  ];

  it("reads no clock, no environment and no chance: they are arguments", () => {
    const wrong = sourcesIn("shared/domain", "shared/feel", "shared/dmn").flatMap(({ path, text }) =>
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
  it("sees a circle of imports, and where there is none", () => {
    const file = (path: string, ...imports: string[]): SourceFile => ({ path, text: "", imports });
    const open = [file("a", "b"), file("b", "c"), file("c")];
    expect(circleIn(open)).toEqual([]);
    expect(circleIn([...open, file("d", "a"), file("c", "b")])).toEqual(["b", "c"]);
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

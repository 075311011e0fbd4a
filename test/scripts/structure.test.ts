import { describe, expect, it } from "vitest";
import { drawDot, drawText } from "#scripts/structure/drawing.ts";
import { fileImports, floorsOf, folderImports, ringsIn } from "#scripts/structure/graph.ts";
import { isRecursive, upwardArrows } from "#scripts/structure/layers.ts";
import { importsIn, type SourceFile } from "#scripts/structure/sources.ts";

const file = (path: string, ...imports: string[]): SourceFile => ({ path, text: "", imports });
const everything = (): boolean => true;

describe("what a file imports", () => {
  it("is found in every form of import and in no comment", () => {
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

describe("rings", () => {
  it("are files that lead back to themselves", () => {
    const open = [file("shared/a", "shared/b"), file("shared/b", "shared/c"), file("shared/c", "zod")];
    expect(ringsIn(fileImports(open))).toEqual([]);
    const closed = [...open, file("shared/d", "shared/a"), file("shared/c", "shared/b")];
    expect(ringsIn(fileImports(closed))).toEqual([["shared/b", "shared/c"]]);
  });

  it("are folders that lead back to themselves though no file does", () => {
    const files = [
      file("shared/a/x.ts", "shared/b/y.ts"),
      file("shared/b/z.ts", "shared/a/w.ts"),
      file("shared/a/w.ts"),
    ];
    expect(ringsIn(fileImports(files))).toEqual([]);
    expect(ringsIn(folderImports(files))).toEqual([["shared/a", "shared/b"]]);
  });

  it("are a folder and one within it that import each other", () => {
    const files = [file("infra/a.ts", "infra/core/b.ts"), file("infra/core/c.ts", "infra/d.ts")];
    expect(ringsIn(folderImports(files))).toEqual([["infra", "infra/core"]]);
    expect(ringsIn(folderImports(files, 1))).toEqual([]);
  });

  it("are all found, each with all its members", () => {
    const files = [
      file("shared/a/x.ts", "shared/b/x.ts", "shared/d/x.ts"),
      file("shared/b/x.ts", "shared/c/x.ts"),
      file("shared/c/x.ts", "shared/a/x.ts", "shared/b/x.ts"),
      file("shared/d/x.ts", "shared/e/x.ts"),
      file("shared/e/x.ts", "shared/d/x.ts"),
    ];
    expect(ringsIn(folderImports(files))).toEqual([
      ["shared/d", "shared/e"],
      ["shared/a", "shared/b", "shared/c"],
    ]);
  });

  it("are allowed within a recursive compiler, and not between it and another room", () => {
    expect(isRecursive(["shared/feel/compile/filter.ts", "shared/feel/compile/path.ts"])).toBe(true);
    expect(isRecursive(["shared/feel/compile/filter.ts", "shared/feel/compile.ts"])).toBe(false);
    expect(isRecursive(["shared/feel/compile/filter.ts", "shared/dmn/compile/boxed.ts"])).toBe(false);
  });
});

describe("upward arrows", () => {
  it("are imports that the layer of a file does not allow", () => {
    const files = [
      file("shared/domain/x.ts", "shared/kernel/json.ts", "shared/runtime/aws.ts", "zod"),
      file("shared/runtime/y.ts", "shared/domain/x.ts", "infra/settings.ts"),
      file("functions/a/b/handler.ts", "functions/a/b/words.ts", "functions/a/c/words.ts"),
      file("functions/a/b/stack.ts", "infra/constructs/queues.ts", "infra/core/bus.ts"),
    ];
    expect(upwardArrows(files)).toEqual([
      "shared/domain/x.ts imports shared/runtime/aws.ts",
      "shared/runtime/y.ts imports infra/settings.ts",
      "functions/a/b/handler.ts imports functions/a/c/words.ts",
      "functions/a/b/stack.ts imports infra/core/bus.ts",
    ]);
  });
});

describe("the drawing", () => {
  const files = [
    file(
      "infra/local/cloud.ts",
      "infra/local/sqs/queue.ts",
      "infra/local/aws/json.ts",
      "shared/ports/keys.ts",
    ),
    file("infra/local/sqs/queue.ts", "infra/local/aws/json.ts"),
    file("infra/local/aws/json.ts", "node:crypto"),
    file("shared/ports/keys.ts", "shared/domain/a.ts"),
    file("shared/domain/a.ts", "shared/ports/keys.ts"),
  ];

  it("puts every folder on the floor above all that it imports", () => {
    expect(floorsOf(folderImports(files))).toEqual([
      ["infra/local/aws", "shared/domain", "shared/ports"],
      ["infra/local/sqs"],
      ["infra/local"],
    ]);
  });

  it("shows the floors from the top down, and marks who is in a ring", () => {
    expect(drawText(folderImports(files), everything)).toBe(
      [
        "floor 2",
        "  infra/local",
        "      infra/{local/aws, local/sqs}, shared/ports",
        "",
        "floor 1",
        "  infra/local/sqs",
        "      infra/local/aws",
        "",
        "floor 0",
        "  infra/local/aws",
        "  shared/domain (in ring 1)",
        "      shared/ports",
        "  shared/ports (in ring 1)",
        "      shared/domain",
        "",
      ].join("\n"),
    );
  });

  it("shows one folder of the tree alone", () => {
    const drawn = drawText(folderImports(files), (folder) => folder.startsWith("shared/ports"));
    expect(drawn).toBe("floor 0\n  shared/ports (in ring 1)\n      shared/domain\n");
  });

  it("speaks Graphviz, with the arrows of a ring in red", () => {
    const drawn = drawDot(folderImports(files), everything).split("\n");
    expect(drawn).toContain('  "infra/local" -> "infra/local/sqs";');
    expect(drawn).toContain('  "shared/ports" -> "shared/domain" [color = red];');
  });
});

import { parseArgs } from "node:util";
import { drawDot, drawText } from "./drawing.ts";
import { folderImports, ringsIn } from "./graph.ts";
import { upwardArrows } from "./layers.ts";
import { CODE, sourcesIn } from "./sources.ts";

/**
 * `npm run structure -- [folder ...] [--depth 2] [--dot]`: the project's folders by floor, each with what it imports, then
 * rings and upward arrows; fails when there are any. `--depth` counts deeper folders as their parent; `--dot` is for Graphviz.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { depth: { type: "string" }, dot: { type: "boolean", default: false } },
});

const files = sourcesIn(...CODE);
const imports = folderImports(files, values.depth === undefined ? undefined : Number(values.depth));
const isShown = (folder: string): boolean =>
  positionals.length === 0 || positionals.some((top) => `${folder}/`.startsWith(top.replace(/\/?$/, "/")));

console.log((values.dot ? drawDot : drawText)(imports, isShown));

const rings = ringsIn(folderImports(files));
const arrows = upwardArrows(files);
print(
  "rings",
  rings.map((ring) => ring.join(", ")),
);
print("upward arrows", arrows);
if (arrows.length + rings.length > 0) process.exitCode = 1;

function print(title: string, found: readonly string[]): void {
  console.error(`${title}:${found.length === 0 ? " none" : found.map((one) => `\n  ${one}`).join("")}`);
}

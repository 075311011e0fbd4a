import { type Document, isMap, isSeq, type Node, type Pair } from "yaml";
import { nodeAt, pairIn, type Span, spanOf, type YamlPath } from "./yaml-tree.ts";

const holds = ({ at, end }: Span, place: number): boolean => at <= place && place <= end;

/** The way to the value that stands at a place of the text, or whose name does: as deep as it goes. */
export const pathAt = (document: Document, place: number): YamlPath => {
  const path: (string | number)[] = [];
  let node: unknown = document.contents;
  for (;;) {
    const found = stepAt(node, place);
    if (found === null) return path;
    path.push(found.step);
    node = found.node;
  }
};

const stepAt = (
  node: unknown,
  place: number,
): { readonly step: string | number; readonly node: unknown } | null => {
  if (isMap(node)) {
    for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
      const isHere = holds(spanOf(key), place) || (value !== null && holds(spanOf(value), place));
      if (isHere && "value" in key) return { step: String(key.value), node: value };
    }
  } else if (isSeq(node)) {
    const index = (node.items as Node[]).findIndex((item) => holds(spanOf(item), place));
    if (index !== -1) return { step: index, node: node.items[index] };
  }
  return null;
};

/** The place in a text of a line and column, which count from 1. */
export const placeIn = (text: string, line: number, column: number): number => {
  let at = 0;
  for (let lines = 1; lines < line; lines += 1) {
    const next = text.indexOf("\n", at);
    if (next === -1) break;
    at = next + 1;
  }
  return at + column - 1;
};

/** The text of a value that stands at a path, from its name on; null where nothing does. */
export const spanAt = (document: Document, path: YamlPath): Span | null => {
  const [own, parent] = [nodeAt(document, path), nodeAt(document, path.slice(0, -1))];
  const key = isMap(parent) ? pairIn(parent, path.at(-1) ?? "")?.key : undefined;
  if (own === null && key === undefined) return null;
  const span = own === null ? null : spanOf(own);
  const name = key === undefined ? null : spanOf(key);
  return { at: name?.at ?? span?.at ?? 0, end: span?.end ?? name?.end ?? 0 };
};

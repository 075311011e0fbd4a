import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

/** The way to a value: names in maps, places in lists. */
export type YamlPath = readonly (string | number)[];

/** One change of a YAML file, as a form makes it. */
export type YamlEdit =
  /** `order`: the names that a map may have; a new one is put behind those before it. Maps on the way are made. */
  | {
      readonly kind: "set";
      readonly path: YamlPath;
      readonly value: unknown;
      readonly order?: readonly string[];
    }
  | { readonly kind: "remove"; readonly path: YamlPath }
  /** The path names the place in a list that the value comes to. */
  | { readonly kind: "insert"; readonly path: YamlPath; readonly value: unknown }
  /** The path names an item of a list, which changes places with the one before it (-1) or behind it (1). */
  | { readonly kind: "move"; readonly path: YamlPath; readonly by: -1 | 1 }
  /** The path names an entry of a map, `name` its new name. */
  | { readonly kind: "rename"; readonly path: YamlPath; readonly name: string };

export type Span = { readonly at: number; readonly end: number };

/** A value's own text, without the comment behind it. */
export const spanOf = (node: Node): Span => {
  const [at, end] = node.range ?? [0, 0];
  return { at, end };
};

export const pairIn = (map: YAMLMap, name: string | number): Pair<Node, Node | null> | undefined =>
  (map.items as Pair<Node, Node | null>[]).find(
    ({ key }) => isScalar(key) && String(key.value) === String(name),
  );

/** What stands at a path; null where nothing does, or where nothing but null does. */
export const nodeAt = (document: Document, path: YamlPath): Node | null => {
  let node: unknown = document.contents;
  for (const step of path) {
    if (isMap(node)) node = pairIn(node, step)?.value;
    else if (isSeq(node)) node = node.items[Number(step)];
    else return null;
  }
  return isNode(node) ? node : null;
};

/** Where the line of a place begins. */
export const lineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;

/** Where the line of a place ends: at the end of the line, or of the text. */
export const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
};

/** The end of the last line that a value has a part in; a block of text holds the end of its last line too. */
export const lastLineEnd = (text: string, { at, end }: Span): number => {
  let last = end;
  while (last > at && text[last - 1] === "\n") last -= 1;
  return lineEnd(text, last);
};

/** The place of the dash before an item of a list that stands in lines. */
export const dashOf = (text: string, { at }: Span): number => text.lastIndexOf("-", at === 0 ? 0 : at - 1);

/** The blanks before what stands at a place, as many columns as it is away from the begin of its line. */
export const indentAt = (text: string, at: number): string => " ".repeat(at - lineStart(text, at));

export const isFlow = (node: YAMLMap | YAMLSeq): boolean => node.flow === true;

import { type Document, isMap, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import type { Splice } from "#dmn/edit/splice.ts";
import { sourceOf } from "./yaml-source.ts";
import {
  dashOf,
  indentAt,
  isFlow,
  lastLineEnd,
  lineEnd,
  lineStart,
  nodeAt,
  pairIn,
  type Span,
  spanOf,
  type YamlEdit,
} from "./yaml-tree.ts";

type Source = { readonly text: string; readonly document: Document };
type Collection = YAMLMap | YAMLSeq;

/** The least change of the text that makes an edit; null where none is known that is sound. */
export const splicesOf = (source: Source, asked: YamlEdit): readonly Splice[] | null => {
  const edit = asked.kind === "set" ? fromWhatIsThere(source, asked) : asked;
  const parent = edit.path.length === 0 ? null : nodeAt(source.document, edit.path.slice(0, -1));
  const step = edit.path.at(-1) ?? "";
  if (isMap(parent)) {
    const pair = pairIn(parent, step);
    if (edit.kind === "rename") return pair === undefined ? null : renamed(pair, edit.name, isFlow(parent));
    if (edit.kind === "remove") return pair === undefined ? [] : removed(source.text, parent, pair);
    if (edit.kind === "insert" || edit.kind === "move") return null;
    if (pair === undefined) return added(source.text, parent, { name: String(step), ...edit });
    return replaced(source.text, parent, pair, edit.value);
  }
  if (!isSeq(parent) || edit.kind === "rename") return null;
  const item = parent.items[Number(step)] as Node | undefined;
  if (edit.kind === "insert") return inserted(source.text, parent, Number(step), edit.value);
  if (item === undefined) return null;
  if (edit.kind === "move") {
    const first = Math.min(Number(step), Number(step) + edit.by);
    return movedItems(source.text, parent, first);
  }
  if (edit.kind === "remove") return removed(source.text, parent, item);
  return replacedItem(source.text, parent, item, edit.value);
};

type SetEdit = Extract<YamlEdit, { kind: "set" }>;

/** Where maps on the way are missing, they are part of the value. */
const fromWhatIsThere = (source: Source, edit: SetEdit): SetEdit => {
  const step = edit.path.at(-1);
  const way = edit.path.slice(0, -1);
  if (step === undefined || way.length === 0 || nodeAt(source.document, way) !== null) return edit;
  return fromWhatIsThere(source, { kind: "set", path: way, value: { [step]: edit.value } });
};

const renamed = ({ key }: Pair<Node, Node | null>, name: string, inFlow: boolean): readonly Splice[] => [
  { ...spanOf(key), text: sourceOf(name, { inFlow, indent: "" }, key).trimStart() },
];

/** A value behind its key. One that has lines of its own goes with what stands between them. */
const replaced = (
  text: string,
  map: YAMLMap,
  { key, value }: Pair<Node, Node | null>,
  next: unknown,
): readonly Splice[] => {
  const indent = indentAt(text, spanOf(key).at);
  const source = sourceOf(next, { inFlow: isFlow(map), indent }, value);
  const colon = text.indexOf(":", spanOf(key).end) + 1;
  const span = value === null ? { at: colon, end: colon } : spanOf(value);
  return [{ at: colon, end: endOfValue(text, span, colon), text: source }];
};

const replacedItem = (text: string, list: YAMLSeq, item: Node, next: unknown): readonly Splice[] => {
  const span = spanOf(item);
  const inFlow = isFlow(list);
  if (inFlow) return [{ ...span, text: sourceOf(next, { inFlow, indent: "" }, item).trimStart() }];
  const dash = dashOf(text, span);
  return [{ at: dash + 1, end: endOfValue(text, span, dash + 1), text: itemSource(text, dash, next, item) }];
};

/** The line of a block of text ends with it; every other value ends before the end of its line. */
const endOfValue = (text: string, { at, end }: Span, least: number): number => {
  let last = Math.max(end, least);
  while (last > at && last > least && text[last - 1] === "\n") last -= 1;
  return last;
};

/** An item in lines: a map begins beside its dash. */
const itemSource = (text: string, dash: number, value: unknown, was?: Node): string => {
  const indent = indentAt(text, dash);
  const source = sourceOf(value, { inFlow: false, indent }, was);
  return source.startsWith("\n") ? ` ${source.trimStart()}` : source;
};

/** A name that comes anew, behind those that stand before it in `order`. */
const added = (
  text: string,
  map: YAMLMap,
  { name, value, order = [] }: { name: string; value?: unknown; order?: readonly string[] | undefined },
): readonly Splice[] | null => {
  const pairs = map.items as Pair<Node, Node | null>[];
  const key = sourceOf(name, { inFlow: isFlow(map), indent: "" }).trimStart();
  const before = order.slice(0, Math.max(0, order.indexOf(name)));
  const index = order.includes(name)
    ? pairs.findLastIndex((pair) => before.includes(String(nameOf(pair))))
    : pairs.length - 1;
  if (isFlow(map))
    return flowInsert(map, index + 1, `${key}:${sourceOf(value, { inFlow: true, indent: "" })}`);
  const [first] = pairs;
  if (first === undefined) return null;
  const indent = indentAt(text, spanOf(first.key).at);
  const source = `${indent}${key}:${sourceOf(value, { inFlow: false, indent })}`;
  const anchor = pairs[index];
  if (anchor === undefined) {
    const at = spanOf(first.key).at;
    // The first name of an item stands beside its dash.
    const isBesideDash = text.slice(lineStart(text, at), at).trim() !== "";
    return isBesideDash
      ? [{ at, end: at, text: `${source.trimStart()}\n${indent}` }]
      : [{ at: lineStart(text, at), end: lineStart(text, at), text: `${source}\n` }];
  }
  const at = lastLineEnd(text, pairSpan(anchor));
  return [{ at, end: at, text: `\n${hasBlankLines(text, pairs) ? "\n" : ""}${source}` }];
};

const nameOf = ({ key }: Pair<Node, Node | null>): unknown => ("value" in key ? key.value : undefined);

const pairSpan = ({ key, value }: Pair<Node, Node | null>): Span => {
  const own = spanOf(key);
  return value === null ? own : { at: own.at, end: Math.max(own.end, spanOf(value).end) };
};

/** Whether the last entry stands apart from the one before it. */
const hasBlankLines = (text: string, pairs: readonly Pair<Node, Node | null>[]): boolean => {
  const [before, last] = pairs.slice(-2);
  if (before === undefined || last === undefined) return false;
  return /\n[ \t]*\n/.test(text.slice(lastLineEnd(text, pairSpan(before)), spanOf(last.key).at));
};

const itemsOf = (node: Collection): readonly Span[] =>
  isMap(node) ? (node.items as Pair<Node, Node | null>[]).map(pairSpan) : (node.items as Node[]).map(spanOf);

const flowInsert = (node: Collection, index: number, source: string): readonly Splice[] => {
  const items = itemsOf(node);
  const before = items[index - 1];
  if (before !== undefined) return [{ at: before.end, end: before.end, text: `, ${source}` }];
  const at = items[0]?.at ?? spanOf(node as Node).at + 1;
  return [{ at, end: at, text: items.length === 0 ? source : `${source}, ` }];
};

const inserted = (text: string, list: YAMLSeq, index: number, value: unknown): readonly Splice[] | null => {
  if (isFlow(list)) return flowInsert(list, index, sourceOf(value, { inFlow: true, indent: "" }).trimStart());
  const items = itemsOf(list);
  const [first] = items;
  if (first === undefined) return null;
  const dash = dashOf(text, first);
  const before = items[index - 1];
  const source = `${indentAt(text, dash)}-${itemLike(text, list, dash, value)}`;
  const at = before === undefined ? lineStart(text, dash) : lastLineEnd(text, before);
  return [{ at, end: at, text: before === undefined ? `${source}\n` : `\n${source}` }];
};

/** A new item looks as the one before it does: in one line, or in lines of its own. */
const itemLike = (text: string, list: YAMLSeq, dash: number, value: unknown): string => {
  const last = list.items.at(-1);
  if (isMap(last) && isFlow(last)) return sourceOf(value, { inFlow: true, indent: "" });
  return itemSource(text, dash, value);
};

const removed = (
  text: string,
  node: Collection,
  gone: Pair<Node, Node | null> | Node,
): readonly Splice[] | null => {
  const items = itemsOf(node);
  const index = (node.items as unknown[]).indexOf(gone);
  const own = items[index];
  if (own === undefined) return null;
  if (isFlow(node)) {
    const [before, after] = [items[index - 1], items[index + 1]];
    if (before !== undefined) return [{ at: before.end, end: own.end, text: "" }];
    return [{ at: own.at, end: after?.at ?? own.end, text: "" }];
  }
  if (items.length === 1) return null;
  const begin = isMap(node) ? own.at : dashOf(text, own);
  const end = lastLineEnd(text, own);
  const isBesideDash = text.slice(lineStart(text, begin), begin).trim() !== "";
  if (isBesideDash) return [{ at: begin, end: items[index + 1]?.at ?? end, text: "" }];
  // With its own line ending; the last line of a text may have none.
  const at = lineStart(text, begin);
  return text[end] === "\n"
    ? [{ at, end: end + 1, text: "" }]
    : [{ at: Math.max(0, at - 1), end: lineEnd(text, end), text: "" }];
};

/** Two items that change places, each with the comments in lines of their own above it; what parts them stays between them. */
const movedItems = (text: string, list: YAMLSeq, first: number): readonly Splice[] | null => {
  const items = itemsOf(list);
  const [one, other] = [items[first], items[first + 1]];
  if (one === undefined || other === undefined) return [];
  if (isFlow(list))
    return [
      { ...one, text: text.slice(other.at, other.end) },
      { ...other, text: text.slice(one.at, one.end) },
    ];
  const before = items[first - 1];
  const dash = dashOf(text, one);
  const at = before === undefined ? lineStart(text, dash) : lastLineEnd(text, before) + 1;
  // An item beside the dash of its list has no lines of its own.
  if (text.slice(lineStart(text, dash), dash).trim() !== "") return null;
  const [middle, end] = [lastLineEnd(text, one), lastLineEnd(text, other)];
  const above = /^(?:[ \t]*\n)*/.exec(text.slice(at, middle))?.[0] ?? "";
  const between = /^\n(?:[ \t]*\n)*/.exec(text.slice(middle, end))?.[0] ?? "\n";
  const upper = text.slice(at + above.length, middle);
  const lower = text.slice(middle + between.length, end);
  return [{ at, end, text: `${above}${lower}${between}${upper}` }];
};

import { Document, isMap, isScalar, type Node, Scalar, visit } from "yaml";

/** Where a value is to stand: within `{}` or `[]`, or in lines that begin with `indent`. */
export type Stand = { readonly inFlow: boolean; readonly indent: string };

/** Readers of YAML 1.1 take 21:00 for a number and `no` for false: such texts stand in quotes. */
const OLD_READERS = { compat: "yaml-1.1" } as const;

/**
 * A value as the text of YAML, to stand behind a key or a dash: it begins with a blank or, where it is laid out in lines of
 * its own, with the end of the line. `was` is what it replaces: a text that stood in quotes stays in quotes.
 */
export const sourceOf = (value: unknown, { inFlow, indent }: Stand, was?: unknown): string => {
  const document = new Document({ key: value }, OLD_READERS);
  const node = document.get("key", true) as Node;
  if (isScalar(node) && isScalar(was) && typeof value === "string") keepStyle(node, was, value);
  visit(document, {
    Seq: (_, seq) => {
      if (seq.items.every(isScalar)) seq.flow = true;
    },
    // Lines of their own do not fit into a flow map.
    Scalar: (_, scalar) => {
      if (inFlow && String(scalar.value).includes("\n")) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  // Behind a key in a flow map commas and brackets need quotes, which they do not elsewhere.
  if (inFlow && isMap(document.contents)) document.contents.flow = true;
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd();
  const own = inFlow ? text.slice("{key:".length, -1) : text.slice("key:".length);
  return own.replaceAll(/\n(?=[^\n])/g, `\n${indent}`);
};

/** How somebody chose to write a text stays; quotes that it needed go with what needed them. */
const keepStyle = (node: Scalar, { type, value: before }: Scalar, value: string): void => {
  const isBlock = type === Scalar.BLOCK_FOLDED || type === Scalar.BLOCK_LITERAL;
  const isQuoted = type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE;
  const isChosen = isQuoted && !/^["']/.test(new Document(before, OLD_READERS).toString());
  if (isChosen || (isBlock && value.trim() !== "")) node.type = type;
};

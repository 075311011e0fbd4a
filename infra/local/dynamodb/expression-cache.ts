import { createRequire } from "node:module";

type Names = { readonly [placeholder: string]: string };
type Values = { readonly [placeholder: string]: object };
type Context = {
  readonly attrNames?: Names | null;
  readonly attrVals?: Values | null;
  readonly unusedAttrNames: { [placeholder: string]: unknown };
  readonly unusedAttrVals: { [placeholder: string]: unknown };
};
export type Parser = { parse: (text: string, options: { readonly context: Context }) => unknown };
type Parsed = {
  readonly tree: unknown;
  /** Which placeholder each value object in the tree stands for. */
  readonly placeholders: ReadonlyMap<unknown, string>;
  readonly usedNames: readonly string[];
  readonly usedValues: readonly string[];
};

const KEPT = 500;
/** Checked against the values themselves, not only their types. */
const READS_VALUES = /between|attribute_type/i;

/**
 * Makes dynalite's parsers remember what they parsed. Programs send the same few expressions with other values, and
 * parsing them was a fifth of the local cloud's work. A tree is kept by expression, names and types of values, and
 * given out as a copy with the request's own values: dynalite changes trees in place.
 */
export function rememberExpressions(): void {
  const require = createRequire(import.meta.url);
  for (const name of ["conditionParser", "updateParser", "projectionParser"]) {
    const parser: Parser = require(`dynalite/db/${name}`);
    parser.parse = remembering(parser.parse);
  }
}

/** @throws what `parse` throws; refused expressions are not kept */
export function remembering(parse: Parser["parse"]): Parser["parse"] {
  const known = new Map<string, Parsed>();
  return (text, options) => {
    if (READS_VALUES.test(text)) return parse(text, options);
    const { context } = options;
    const key = keyOf(text, context);
    const found = known.get(key);
    if (found !== undefined) {
      for (const name of found.usedNames) delete context.unusedAttrNames[name];
      for (const name of found.usedValues) delete context.unusedAttrVals[name];
      return copyOf(found.tree, found.placeholders, context.attrVals ?? {});
    }
    const before = { ...context.unusedAttrNames, ...context.unusedAttrVals };
    const tree = parse(text, options);
    const used = Object.keys(before).filter(
      (name) => !(name in context.unusedAttrNames) && !(name in context.unusedAttrVals),
    );
    const placeholders = new Map<unknown, string>();
    for (const [name, value] of Object.entries(context.attrVals ?? {})) placeholders.set(value, name);
    if (known.size >= KEPT) known.clear();
    known.set(key, {
      tree: copyOf(tree, placeholders, context.attrVals ?? {}),
      placeholders,
      usedNames: used.filter((name) => name.startsWith("#")),
      usedValues: used.filter((name) => name.startsWith(":")),
    });
    return tree;
  };
}

function keyOf(text: string, context: Context): string {
  let key = text;
  for (const [name, attribute] of Object.entries(context.attrNames ?? {})) key += `\n${name}\t${attribute}`;
  for (const [name, value] of Object.entries(context.attrVals ?? {}))
    key += `\n${name}\t${Object.keys(value)}`;
  return key;
}

function copyOf(node: unknown, placeholders: ReadonlyMap<unknown, string>, values: Values): unknown {
  if (typeof node !== "object" || node === null) return node;
  const placeholder = placeholders.get(node);
  if (placeholder !== undefined) return values[placeholder];
  if (Array.isArray(node)) return node.map((one) => copyOf(one, placeholders, values));
  const copy: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(node)) copy[key] = copyOf(value, placeholders, values);
  return copy;
}

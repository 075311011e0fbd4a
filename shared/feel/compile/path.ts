import type { NodeOf } from "../syntax/ast.ts";
import { propertyOf, propertyType } from "../temporal/properties.ts";
import { entryNamed, normalizeName, normalizeSpelling } from "../values/names.ts";
import { ANY, type FeelType, listOf, typeName } from "../values/types.ts";
import {
  entryOf,
  type FeelContext,
  FeelObject,
  FeelRange,
  type FeelValue,
  isContext,
  isList,
  isPlainName,
} from "../values/values.ts";
import type { Compiled, Compiler, Evaluate } from "./compiler.ts";
import { compileNode } from "./expression.ts";
import type { Frame } from "./frame.ts";
import { findEntry } from "./names.ts";
import { closest, hinting } from "./suggestion.ts";

/** `target.name` (DMN 1.5, 10.3.2.13.7): an entry, a property, or the list of those of a list's elements. */
export function compilePath(node: NodeOf<"path">, compiler: Compiler): Compiled {
  const referred = compiler.references.size;
  const target = compileNode(node.target, compiler);
  const known = pathType(target.type, normalizeName(node.name));
  if (known === undefined) reportUnknown(node, target.type, compiler);
  const name = known?.name ?? normalizeSpelling(node.name);
  const path = target.path && [...target.path, name];
  if (target.path && compiler.references.size > referred)
    compiler.references.delete(target.path.join("\u0000"));
  if (path) compiler.refer(path);
  const { from, to } = node;
  const other: Property = (value, frame) => {
    const found = read(value, name, frame);
    return found === undefined ? frame.warnAt("unknown-entry", `no entry \`${name}\``, from, to) : found;
  };
  const evaluate = isPlainName(name) ? readPlain(target, name, other) : readAny(target, other);
  const type = known?.type ?? ANY;
  return path ? { evaluate, type, path } : { evaluate, type };
}

type Property = (value: FeelValue, frame: Frame) => FeelValue;

function readAny({ evaluate }: Compiled, other: Property): Evaluate {
  return (input, frame) => other(evaluate(input, frame), frame);
}

/** Most paths lead from a name to an entry that is there. */
function readPlain({ evaluate, path }: Compiled, name: string, other: Property): Evaluate {
  const [first = "", second] = path ?? [];
  if (path && second === undefined && isPlainName(first)) {
    return (input, frame) => {
      const value = input[first] ?? null;
      return (isObject(value) ? value[name] : undefined) ?? other(value, frame);
    };
  }
  return (input, frame) => {
    const value = evaluate(input, frame);
    return (isObject(value) ? value[name] : undefined) ?? other(value, frame);
  };
}

/** A context for reading plain names from, which lists and values of time do not have. */
function isObject(value: FeelValue | undefined): value is FeelContext {
  return typeof value === "object" && value !== null;
}

/** The value behind the dot; undefined if there is nothing of that name. */
function read(target: FeelValue, name: string, frame: Frame): FeelValue | undefined {
  if (isContext(target)) return entryOf(target, name) ?? entryNamed(target, normalizeName(name), frame);
  if (isList(target)) {
    frame.spend(target.length);
    return target.map((item) => read(item, name, frame) ?? null);
  }
  if (target instanceof FeelRange) return rangeProperty(target, name);
  return target instanceof FeelObject ? propertyOf(target, name) : undefined;
}

/** Properties of ranges (DMN 1.5, table 54). */
function rangeProperty(range: FeelRange, name: string): FeelValue | undefined {
  switch (name) {
    case "start":
      return range.low;
    case "end":
      return range.high;
    case "start included":
      return range.lowIncluded;
    case "end included":
      return range.highIncluded;
    default:
      return undefined;
  }
}

interface Known {
  readonly name: string;
  readonly type: FeelType;
}

/** Name and type of what is behind the dot, as far as it is known; undefined if nothing can be. */
function pathType(target: FeelType, name: string): Known | undefined {
  switch (target.kind) {
    case "any":
    case "null":
      return { name, type: ANY };
    case "context":
      return findEntry(target, name) ?? (target.open ? { name, type: ANY } : undefined);
    case "list": {
      const element = pathType(target.element, name);
      return element && { name: element.name, type: listOf(element.type) };
    }
    case "range":
      if (name === "start" || name === "end") return { name, type: target.element };
      return name === "start included" || name === "end included"
        ? { name, type: { kind: "boolean" } }
        : undefined;
    default: {
      const type = propertyType(target, name);
      return type && { name, type };
    }
  }
}

function reportUnknown(node: NodeOf<"path">, target: FeelType, compiler: Compiler): void {
  if (target.kind === "list") {
    reportUnknown(node, target.element, compiler);
    return;
  }
  const names = target.kind === "context" ? Object.keys(target.entries) : [];
  const suggestion = closest(node.name, names);
  compiler.error(
    "unknown-entry",
    { from: node.nameFrom, to: node.to },
    `a ${target.kind === "context" ? "context" : typeName(target)} has no \`${node.name}\``,
    {
      ...(names.length > 0 ? { expected: names.slice(0, 20).join(", ") } : {}),
      ...hinting(suggestion),
    },
  );
}

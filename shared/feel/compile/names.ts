import { builtins } from "../builtins/all.ts";
import type { NodeOf } from "../syntax/ast.ts";
import { withKeywords } from "../syntax/slips.ts";
import { entryNamed, normalizeName } from "../values/names.ts";
import { ANY, type ContextType, type FeelType, isUnknown } from "../values/types.ts";
import { entryOf, isContext, isInheritedName } from "../values/values.ts";
import { type Compiled, type Compiler, constant, type Evaluate, type Local } from "./compiler.ts";
import { closest, hinting } from "./suggestion.ts";

/**
 * A name: the innermost variable of the expression, else an entry of a filtered element, else the scope, else a
 * built-in function (DMN 1.5, 10.3.2.11 "Scope and context stack").
 */
export function compileName(node: NodeOf<"name">, compiler: Compiler): Compiled {
  return resolve(node, normalizeName(node.name), compiler, compiler.locals.length - 1);
}

function resolve(node: NodeOf<"name">, name: string, compiler: Compiler, from: number): Compiled {
  for (let index = from; index >= 0; index--) {
    const local = compiler.locals[index];
    if (!local) continue;
    const outer = (): Compiled =>
      local.name === name ? readLocal(local) : resolve(node, name, compiler, index - 1);
    const { type } = local;
    if (local.spreads && type.kind === "context") {
      const entry = findEntry(type, name);
      if (entry) return readEntry(local, entry.name, entry.type);
    }
    if (local.spreads && mayHaveMore(type)) return readEntryOrOuter(local, name, outer());
    if (local.name === name) return readLocal(local);
  }
  const declared = compiler.declaredName(name);
  if (declared !== undefined) return readInput(declared, compiler);
  const builtin = builtins().get(name);
  if (builtin) return constant(builtin, builtin.type);
  return unknownName(node, compiler, from === compiler.locals.length - 1);
}

/** Whether a value of the type may have entries that are not known. */
function mayHaveMore(type: FeelType): boolean {
  return isUnknown(type) || (type.kind === "context" && type.open === true);
}

function readLocal({ slot, type }: Local): Compiled {
  return { evaluate: (_, frame) => frame.slots[slot] ?? null, type };
}

function readEntry({ slot }: Local, name: string, type: FeelType): Compiled {
  return {
    evaluate: (_, frame) => {
      const element = frame.slots[slot];
      return isContext(element) ? (entryOf(element, name) ?? null) : null;
    },
    type,
  };
}

function readEntryOrOuter({ slot }: Local, name: string, outer: Compiled): Compiled {
  return {
    evaluate: (input, frame) => {
      const element = frame.slots[slot];
      const value = isContext(element) ? entryNamed(element, name, frame) : undefined;
      return value === undefined ? outer.evaluate(input, frame) : value;
    },
    type: ANY,
  };
}

/** The declared entry that a normalized name means. */
export function findEntry(type: ContextType, name: string): { name: string; type: FeelType } | undefined {
  const exact = Object.hasOwn(type.entries, name) ? type.entries[name] : undefined;
  if (exact) return { name, type: exact };
  for (const key of Object.keys(type.entries)) {
    const entry = type.entries[key];
    if (entry && normalizeName(key) === name) return { name: key, type: entry };
  }
  return undefined;
}

function readInput(name: string, compiler: Compiler): Compiled {
  compiler.refer([name]);
  return { evaluate: inputReader(name), type: compiler.scope[name] ?? ANY, path: [name] };
}

/** Reads a name of the scope. Functions of the host language are no FEEL values and read as null. */
export function inputReader(name: string): Evaluate {
  if (isInheritedName(name)) return (input) => entryOf(input, name) ?? null;
  return (input) => input[name] ?? null;
}

/** `?`: the value that unary tests are about. */
export function compileInput(node: NodeOf<"input">, compiler: Compiler): Compiled {
  const slot = compiler.inputSlot;
  if (slot !== null)
    return { evaluate: (_, frame) => frame.slots[slot] ?? null, type: compiler.inputType ?? ANY };
  const declared = compiler.declaredName("?");
  if (declared !== undefined) return readInput(declared, compiler);
  compiler.error("unknown-name", node, "`?` has a value only in unary tests");
  return constant(null, ANY);
}

/** Words of other languages for what is true or false. */
const TRUTHS: Readonly<Record<string, string>> = { yes: "true", no: "false", on: "true", off: "false" };

/** What may have been meant by a name that nobody declared. */
function meantBy(name: string, candidates: readonly string[], { comparedWith }: Compiler) {
  const isText = comparedWith?.kind === "string";
  const truth = Object.hasOwn(TRUTHS, name.toLowerCase()) ? TRUTHS[name.toLowerCase()] : undefined;
  if (truth !== undefined && !isText) return { expected: "a declared name", suggestion: truth };
  const reworded = withKeywords(name);
  const suggestion =
    truth === undefined
      ? (closest(name, candidates) ?? (reworded === name ? undefined : reworded))
      : undefined;
  const isQuoted = isText && suggestion === undefined;
  return { expected: isQuoted ? `a text in quotes: "${name}"` : "a declared name", ...hinting(suggestion) };
}

function unknownName(node: NodeOf<"name">, compiler: Compiler, report: boolean): Compiled {
  const { name, from, to } = node;
  const message = `unknown name \`${name}\``;
  if (report) {
    const candidates = [
      ...compiler.locals.flatMap(({ name: local, spreads, type }) =>
        spreads && type.kind === "context" ? [local, ...Object.keys(type.entries)] : [local],
      ),
      ...Object.keys(compiler.scope),
      ...builtins().keys(),
      ...["true", "false", "null"],
    ];
    compiler.error("unknown-name", node, message, meantBy(name, candidates, compiler));
  }
  return { evaluate: (_, frame) => frame.warnAt("unknown-name", message, from, to), type: ANY };
}

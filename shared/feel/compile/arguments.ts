import type { BuiltinFunction } from "../builtins/builtin-function.ts";
import { kindsOf } from "../builtins/call.ts";
import { type Overload, type ParameterSpec, signaturesOf } from "../builtins/signature.ts";
import type { CallNode } from "../syntax/ast.ts";
import { normalizeName } from "../values/names.ts";
import {
  ANY,
  BOOLEAN,
  type FeelType,
  type FunctionType,
  isUnknown,
  NUMBER,
  namedType,
  typeName,
} from "../values/types.ts";
import type { Compiled, Compiler } from "./compiler.ts";
import { closest, hinting } from "./suggestion.ts";

type Names = readonly string[] | undefined;
type Arguments = readonly Compiled[];

/** A call with its arguments compiled, and with their names where they are given by name. */
export interface CompiledArguments {
  readonly node: CallNode;
  readonly args: Arguments;
  readonly names: Names;
}

/** An argument that no value of its type can be for its parameter. */
interface Misfit {
  readonly index: number;
  readonly wanted: readonly FeelType[];
}

/** Reports calls of built-in functions that yield null whatever the arguments' values are. */
export function checkBuiltinCall(call: CompiledArguments, fn: BuiltinFunction, compiler: Compiler): void {
  const { node, args, names } = call;
  const expected = signaturesOf(fn);
  if (names && !fn.overloads.some(({ parameters }) => names.every((name) => has(parameters, name)))) {
    compiler.error("unknown-parameter", node, `\`${fn.name}\` has no such parameters`, { expected });
    return;
  }
  const callable = fn.overloads.filter((overload) => takes(overload, args.length, names));
  if (callable.length === 0) {
    const given = names ? `only ${names.join(", ")}` : counted(args.length);
    compiler.error("wrong-arguments", node, `\`${fn.name}\` does not take ${given}`, { expected });
    return;
  }
  // A single argument is the list itself wherever there is a way to give just that.
  const certain = callable.filter(({ variadic }) => !variadic);
  const tried = certain.length === 0 ? callable : certain;
  const misfits = tried.flatMap(({ parameters }) => misfitOf(parameters, args, names) ?? []);
  if (misfits.length === tried.length) reportMisfit(call, fn.name, misfits, compiler);
}

/** Reports calls of declared functions, as decisions are, that yield null whatever the arguments' values are. */
export function checkCall(call: CompiledArguments, type: FunctionType, compiler: Compiler): void {
  const { node, args, names } = call;
  const { parameters, names: declared } = type;
  const name = compiler.text.slice(node.callee.from, node.callee.to);
  const known = declared?.map(normalizeName);
  const expected = known && { expected: `${name}(${known.join(", ")})` };
  const unknown = known && names?.find((each) => !known.includes(each));
  if (unknown !== undefined) {
    const suggestion = closest(unknown, known ?? []);
    const hints = { ...expected, ...hinting(suggestion) };
    compiler.error("unknown-parameter", node, `\`${name}\` has no parameter \`${unknown}\``, hints);
    return;
  }
  const isTwice = names && new Set(names).size < names.length;
  if (isTwice || args.length !== parameters.length) {
    const message = `\`${name}\` takes ${counted(parameters.length)}, not ${isTwice ? names.join(", ") : args.length}`;
    compiler.error("wrong-arguments", node, message, expected);
    return;
  }
  const misfits = args.flatMap(({ type: given }, index) => {
    const wanted = parameters[names && known ? known.indexOf(names[index] ?? "") : index] ?? ANY;
    return mayBe(given, wanted) || (names && !known) ? [] : [{ index, wanted: [wanted] }];
  });
  for (const misfit of misfits) reportMisfit(call, name, [misfit], compiler);
}

function reportMisfit(
  { node, args }: CompiledArguments,
  name: string,
  misfits: readonly Misfit[],
  compiler: Compiler,
): void {
  const { index } = misfits[0] ?? { index: 0 };
  const argument = node.named?.[index]?.value ?? node.positional[index] ?? node;
  const wanted = [...new Set(misfits.flatMap((misfit) => misfit.wanted.map(typeName)))].join(" or ");
  const given = typeName(args[index]?.type ?? ANY);
  compiler.error("type-mismatch", argument, `\`${name}\` takes a ${wanted} here, not a ${given}`, {
    expected: wanted,
  });
}

/** Whether a value of the type can be, or be converted to, one of the other (DMN 1.5, 10.3.2.9.4). */
function mayBe(type: FeelType, wanted: FeelType): boolean {
  if (isUnknown(type) || isUnknown(wanted) || type.kind === wanted.kind) {
    return type.kind !== "list" || wanted.kind !== "list" || mayBe(type.element, wanted.element);
  }
  if (wanted.kind === "list") return mayBe(type, wanted.element);
  if (type.kind === "list") return mayBe(type.element, wanted);
  return type.kind === "date" && wanted.kind === "date and time";
}

function counted(count: number): string {
  return count === 1 ? "1 argument" : `${count} arguments`;
}

function has(parameters: readonly ParameterSpec[], name: string): boolean {
  return parameters.some((parameter) => parameter.name === name);
}

function takes(overload: Overload, count: number, names: Names): boolean {
  if (!names) return overload.takes(count);
  if (new Set(names).size < count) return false;
  const { parameters } = overload;
  const isNamed = ({ name, optional, rest }: ParameterSpec) => optional || rest || names.includes(name);
  return names.every((name) => has(parameters, name)) && parameters.every(isNamed);
}

function misfitOf(parameters: readonly ParameterSpec[], args: Arguments, names: Names): Misfit | undefined {
  for (const [index, { type }] of args.entries()) {
    const name = names?.[index];
    const parameter = name === undefined ? parameters[index] : parameters.find((each) => each.name === name);
    const wanted = parameter && wantedBy(parameter, names ? ANY : (args[0]?.type ?? ANY));
    if (wanted && !wanted.some((each) => mayBe(type, each))) return { index, wanted };
  }
  return undefined;
}

/** The types that fit the parameter. `first` is the type of the call's first argument. */
function wantedBy({ type }: ParameterSpec, first: FeelType): readonly FeelType[] {
  if (type === "list" || type === "any") return [ANY];
  if (type === "numbers") return [NUMBER];
  if (type === "truth") return [BOOLEAN];
  if (type === "element") return [first.kind === "list" ? first.element : first];
  return kindsOf(type).map((kind) => namedType(kind) ?? ANY);
}

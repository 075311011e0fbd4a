import { ANY, compile, FeelSyntaxError, type Scope } from "#feel/index.ts";
import type { Decision, Definitions, DrgElement, Expression, FeelText, InputData } from "./types.ts";

/** A name that a decision reads although no element of the model has it. */
interface Unknown {
  readonly name: string;
  /** The type of the column, where the name alone is its expression. */
  readonly typeRef: string | undefined;
}

/**
 * The model as engines without `<inputData>` mean it: what an input expression names is an input, and a required
 * decision without a `<variable>` goes by its id or by the name of its only output. A model that has input data says
 * itself what its inputs are, and is left as it is. `tell` gets a sentence about the names that were taken for inputs.
 */
export function withImpliedInputs(definitions: Definitions, tell: (message: string) => void): Definitions {
  const { drgElements, imports } = definitions;
  if (imports.length > 0 || drgElements.some(({ kind }) => kind === "inputData")) return definitions;
  const named = withNames(drgElements);
  const scope = scopeOf(named);
  const inputs = new Map<string, InputData>();
  const elements = named.map((element) => {
    if (element.kind !== "decision") return element;
    const implied = unknownNames(element, scope).map((unknown) => inputOf(unknown, inputs));
    const requirements = implied.map(({ id }) => ({ kind: "input" as const, href: `#${id}` }));
    return { ...element, requirements: [...element.requirements, ...requirements] };
  });
  const names = [...inputs.keys()].map((name) => `"${name}"`);
  if (names.length > 0) tell(`without <inputData> the inputs are what expressions read: ${names.join(", ")}`);
  return { ...definitions, drgElements: [...inputs.values(), ...elements] };
}

function inputOf({ name, typeRef }: Unknown, inputs: Map<string, InputData>): InputData {
  const known = inputs.get(name);
  const type = known?.variable.typeRef ?? typeRef;
  const variable = type === undefined ? { name } : { name, typeRef: type };
  const input: InputData = { kind: "inputData", name, id: `implied input ${name}`, variable };
  inputs.set(name, input);
  return input;
}

/** The elements, with decisions that others know by another name than their own. */
function withNames(elements: readonly DrgElement[]): readonly DrgElement[] {
  const scope = scopeOf(elements);
  const read = new Set(
    elements.flatMap((element) =>
      element.kind === "decision" ? unknownNames(element, scope).map(({ name }) => name) : [],
    ),
  );
  return elements.map((element) => {
    if (element.kind !== "decision" || element.variable.xml !== undefined) return element;
    const name = otherNames(element).find((each) => read.has(each));
    return name === undefined ? element : { ...element, variable: { name } };
  });
}

function otherNames({ id, logic }: Decision): string[] {
  const [output, second] = logic?.kind === "table" ? logic.outputs : [];
  const ofOutput = second === undefined ? output?.name : undefined;
  return [ofOutput, id].filter((name) => name !== undefined);
}

/** One scope for all: parsing caches by it. */
function scopeOf(elements: readonly DrgElement[]): Scope {
  return Object.fromEntries(elements.map(({ variable }) => [variable.name, ANY]));
}

function unknownNames(decision: Decision, scope: Scope): Unknown[] {
  return textsOf(decision.logic).flatMap(({ text, typeRef }) => {
    const names = unknownIn(text, scope);
    return names.map((name) => ({ name, typeRef: name === text.trim() ? typeRef : undefined }));
  });
}

/** Where inputs are read: the expressions of a table's columns, or the literal expression. A word in a cell may be a slip. */
function textsOf(logic: Expression | undefined): (FeelText & { readonly typeRef?: string })[] {
  if (logic?.kind === "literal") return [{ text: logic.text }];
  return logic?.kind === "table" ? logic.inputs.map(({ expression }) => expression) : [];
}

function unknownIn(text: string, scope: Scope): string[] {
  try {
    const { diagnostics } = compile(text, scope);
    return diagnostics
      .filter(({ code }) => code === "unknown-name")
      .map(({ from, to }) => text.slice(from, to));
  } catch (error) {
    if (error instanceof FeelSyntaxError) return [];
    throw error;
  }
}

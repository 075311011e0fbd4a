import { type CharacterSet, PatternError } from "./syntax.ts";

/** One step of a compiled pattern. Jumps are relative, so that a part can stand in several places. */
export type Instruction =
  | { readonly op: "char"; readonly point: number }
  | { readonly op: "class"; readonly set: CharacterSet }
  | { readonly op: "start" | "end" | "match" }
  | { readonly op: "save"; readonly slot: number }
  | { readonly op: "backreference"; readonly index: number }
  /** Fails if nothing was consumed since the loop's `save` of the same slot. */
  | { readonly op: "progress"; readonly slot: number }
  | { readonly op: "jump"; readonly by: number }
  /** Tries `first`, then `second`. */
  | { readonly op: "split"; readonly first: number; readonly second: number };

export type Part = readonly Instruction[];

export interface Program {
  readonly instructions: Part;
  /** Positions of groups (two each, the whole match first), then one for each loop. */
  readonly slots: number;
  readonly groups: number;
  readonly hasBackreference: boolean;
}

const MAXIMUM_INSTRUCTIONS = 20_000;

/** One part after the other. */
export function sequence(parts: readonly Part[]): Part {
  if (parts.reduce((total, part) => total + part.length, 0) > MAXIMUM_INSTRUCTIONS) {
    throw new PatternError("the pattern is too large", 0);
  }
  return parts.flat();
}

/** The left part, or else the right one. */
export function choice(left: Part, right: Part): Part {
  const split: Instruction = { op: "split", first: 1, second: left.length + 2 };
  return sequence([[split], left, [{ op: "jump", by: right.length + 1 }], right]);
}

/** Zero or one; a lazy one prefers zero. */
function optional(part: Part, lazy: boolean): Part {
  const past = part.length + 1;
  return sequence([
    [lazy ? { op: "split", first: past, second: 1 } : { op: "split", first: 1, second: past }],
    part,
  ]);
}

/** Zero or more; an iteration that consumes nothing ends it. */
function loop(part: Part, lazy: boolean, slot: number): Part {
  const body = sequence([[{ op: "save", slot }], part, [{ op: "progress", slot }]]);
  return optional(sequence([body, [{ op: "jump", by: -(body.length + 1) }]]), lazy);
}

export interface Repetition {
  readonly minimum: number;
  readonly maximum: number;
  /** Whether fewer repetitions are tried before more. */
  readonly lazy: boolean;
  /** Keeps where the last repetition began. */
  readonly slot: number;
}

/** Counted repetitions are written out. */
export function repeat(part: Part, { minimum, maximum, lazy, slot }: Repetition): Part {
  const fixed = sequence(new Array<Part>(minimum).fill(part));
  if (maximum === Number.POSITIVE_INFINITY) return sequence([fixed, loop(part, lazy, slot)]);
  let rest: Part = [];
  for (let count = minimum; count < maximum; count++) rest = optional(sequence([part, rest]), lazy);
  return sequence([fixed, rest]);
}

/** With flag `q` every character stands for itself. */
export function compileLiteral(source: string): Program {
  return programOf(
    Array.from(source, (char) => literal(char)),
    0,
    0,
  );
}

/** The program of a whole pattern. */
export function programOf(body: Part, groups: number, loops: number): Program {
  const slots = (groups + 1) * 2;
  // While reading, the number of groups is not known: loops count their slots from the other end.
  const placed = body.map((step) =>
    (step.op === "save" || step.op === "progress") && step.slot < 0
      ? { ...step, slot: slots - 1 - step.slot }
      : step,
  );
  return {
    instructions: sequence([[{ op: "save", slot: 0 }], placed, [{ op: "save", slot: 1 }, { op: "match" }]]),
    slots: slots + loops,
    groups,
    hasBackreference: body.some(({ op }) => op === "backreference"),
  };
}

export function literal(char: string): Instruction {
  return { op: "char", point: char.codePointAt(0) ?? 0 };
}

import { type CharacterSet, type Pattern, PatternError } from "./syntax.ts";

/** One step of a compiled pattern; `next` and the like are positions in the program. */
export type Instruction =
  | { readonly op: "char"; readonly point: number }
  | { readonly op: "class"; readonly set: CharacterSet }
  | { readonly op: "start" | "end" | "match" }
  | { readonly op: "save"; readonly slot: number }
  | { readonly op: "backreference"; readonly index: number }
  /** Fails if nothing was consumed since the loop's `save` of the same slot. */
  | { readonly op: "progress"; readonly slot: number }
  | { op: "jump"; next: number }
  /** Tries `next` first, then `other`. */
  | { op: "split"; next: number; other: number };

export interface Program {
  readonly instructions: readonly Instruction[];
  /** Positions of groups (two each, the whole match first), then one for each loop. */
  readonly slots: number;
  readonly groups: number;
  readonly hasBackreference: boolean;
}

const MAXIMUM_INSTRUCTIONS = 20_000;

/** Compiles for the matcher; counted repetitions are written out. */
export function compilePattern(pattern: Pattern, groups: number): Program {
  const compiler = new ProgramCompiler((groups + 1) * 2);
  compiler.emit({ op: "save", slot: 0 });
  compiler.compile(pattern);
  compiler.emit({ op: "save", slot: 1 });
  compiler.emit({ op: "match" });
  const { instructions, slots } = compiler;
  const hasBackreference = instructions.some(({ op }) => op === "backreference");
  return { instructions, slots, groups, hasBackreference };
}

class ProgramCompiler {
  readonly instructions: Instruction[] = [];
  slots: number;

  constructor(slots: number) {
    this.slots = slots;
  }

  emit<T extends Instruction>(instruction: T): T {
    if (this.instructions.length >= MAXIMUM_INSTRUCTIONS)
      throw new PatternError("the pattern is too large", 0);
    this.instructions.push(instruction);
    return instruction;
  }

  compile(pattern: Pattern): void {
    switch (pattern.kind) {
      case "empty":
        return;
      case "char":
        this.emit({ op: "char", point: pattern.point });
        return;
      case "class":
        this.emit({ op: "class", set: pattern.set });
        return;
      case "start":
      case "end":
        this.emit({ op: pattern.kind });
        return;
      case "backreference":
        this.emit({ op: "backreference", index: pattern.index });
        return;
      case "group":
        this.group(pattern.index, pattern.body);
        return;
      case "sequence":
        for (const part of pattern.parts) this.compile(part);
        return;
      case "choice":
        this.choice(pattern.parts);
        return;
      case "repeat":
        this.repeat(pattern);
        return;
    }
  }

  private group(index: number | null, body: Pattern): void {
    if (index !== null) this.emit({ op: "save", slot: index * 2 });
    this.compile(body);
    if (index !== null) this.emit({ op: "save", slot: index * 2 + 1 });
  }

  private choice(parts: readonly Pattern[]): void {
    const jumps: { next: number }[] = [];
    for (const [position, part] of parts.entries()) {
      if (position === parts.length - 1) {
        this.compile(part);
        break;
      }
      const split = this.emit({ op: "split", next: this.instructions.length + 1, other: 0 });
      this.compile(part);
      jumps.push(this.emit({ op: "jump", next: 0 }));
      split.other = this.instructions.length;
    }
    for (const jump of jumps) jump.next = this.instructions.length;
  }

  private repeat({ body, minimum, maximum, lazy }: Extract<Pattern, { kind: "repeat" }>): void {
    for (let count = 0; count < minimum; count++) this.compile(body);
    if (maximum === Number.POSITIVE_INFINITY) {
      this.loop(body, lazy);
      return;
    }
    const splits: { next: number; other: number }[] = [];
    for (let count = minimum; count < maximum; count++) {
      splits.push(this.emit({ op: "split", next: 0, other: 0 }));
      this.direct(splits.at(-1), this.instructions.length, lazy, true);
      this.compile(body);
    }
    for (const split of splits) this.direct(split, this.instructions.length, lazy, false);
  }

  private loop(body: Pattern, lazy: boolean): void {
    const slot = this.slots;
    this.slots += 1;
    const start = this.instructions.length;
    const split = this.emit({ op: "split", next: 0, other: 0 });
    this.direct(split, this.instructions.length, lazy, true);
    this.emit({ op: "save", slot });
    this.compile(body);
    this.emit({ op: "progress", slot });
    this.emit({ op: "jump", next: start });
    this.direct(split, this.instructions.length, lazy, false);
  }

  /** A greedy loop prefers to go in, a lazy one to go on. */
  private direct(
    split: { next: number; other: number } | undefined,
    target: number,
    lazy: boolean,
    inward: boolean,
  ): void {
    if (!split) return;
    if (inward === lazy) split.other = target;
    else split.next = target;
  }
}

import type { Instruction, Program } from "./program.ts";
import type { CharacterSet } from "./syntax.ts";

export interface MatchFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
}

/** Start and end of the whole match, then of each group; -1 for a group that took no part. */
export type Match = readonly number[];

/**
 * Finds matches by backtracking without recursion. A state (instruction, position) that failed once would fail
 * again, so each is visited once and the time is bounded by pattern times text (as in RE2's BitState); only with
 * backreferences that does not hold, and `spend` alone bounds the search.
 */
export class Matcher {
  private readonly program: Program;
  private readonly flags: MatchFlags;
  private readonly text: string;
  private readonly spend: (steps: number) => void;
  private readonly visited: Uint32Array | null;
  /** The furthest position whose states may be marked as visited. */
  private furthest = -1;

  constructor(program: Program, flags: MatchFlags, text: string, spend: (steps: number) => void) {
    this.program = program;
    this.flags = flags;
    this.text = text;
    this.spend = spend;
    const states = program.instructions.length * (text.length + 1);
    spend(states / 64);
    this.visited = program.hasBackreference ? null : new Uint32Array((states >>> 5) + 1);
  }

  /** The first match at or after `from`, or null. */
  find(from: number): Match | null {
    this.forget(from);
    for (let start = from; start <= this.text.length; start++) {
      const match = this.matchAt(start);
      if (match) return match;
      if (isHighSurrogate(this.text, start)) start += 1;
    }
    return null;
  }

  /** A new search starts where the last match ended: only states from there on can be marked wrongly. */
  private forget(from: number): void {
    if (this.furthest < from) return;
    const size = this.program.instructions.length;
    this.visited?.fill(0, (from * size) >>> 5, (((this.furthest + 1) * size) >>> 5) + 1);
    this.furthest = -1;
  }

  private matchAt(start: number): Match | null {
    const slots = new Array<number>(this.program.slots).fill(-1);
    // Three numbers a choice not yet tried: instruction, position, and how much of `undo` was there.
    const pending: number[] = [];
    // Two numbers an overwritten slot: its number and its old value.
    const undo: number[] = [];
    let at = 0;
    let position = start;
    for (let steps = 1; ; steps++) {
      if ((steps & 255) === 0) this.spend(256);
      const instruction = this.seen(at, position) ? undefined : this.program.instructions[at];
      if (instruction?.op === "match") {
        this.spend(steps & 255);
        return slots.slice(0, (this.program.groups + 1) * 2);
      }
      if (instruction?.op === "split") {
        pending.push(at + instruction.second, position, undo.length);
        at += instruction.first;
        continue;
      }
      if (instruction?.op === "jump") {
        at += instruction.by;
        continue;
      }
      if (instruction?.op === "save") {
        undo.push(instruction.slot, slots[instruction.slot] ?? -1);
        slots[instruction.slot] = position;
        at += 1;
        continue;
      }
      const next = instruction ? this.advance(instruction, position, slots) : -1;
      if (next !== -1) {
        position = next;
        at += 1;
        continue;
      }
      const keep = pending.pop();
      if (keep === undefined) {
        this.spend(steps & 255);
        return null;
      }
      position = pending.pop() ?? 0;
      at = pending.pop() ?? 0;
      while (undo.length > keep) {
        const value = undo.pop() ?? -1;
        slots[undo.pop() ?? 0] = value;
      }
    }
  }

  private seen(at: number, position: number): boolean {
    if (!this.visited) return false;
    const state = position * this.program.instructions.length + at;
    if (position > this.furthest) this.furthest = position;
    const word = this.visited[state >>> 5] ?? 0;
    const bit = 1 << (state & 31);
    if ((word & bit) !== 0) return true;
    this.visited[state >>> 5] = word | bit;
    return false;
  }

  /** The position after what the instruction consumes, or -1 if it does not match here. */
  private advance(instruction: Instruction, position: number, slots: readonly number[]): number {
    const { text } = this;
    switch (instruction.op) {
      case "char": {
        const point = text.codePointAt(position);
        if (point === undefined || !this.same(point, instruction.point)) return -1;
        return position + (point > 0xffff ? 2 : 1);
      }
      case "class": {
        const point = text.codePointAt(position);
        if (point === undefined || !inSet(point, instruction.set, this.flags.ignoreCase)) return -1;
        return position + (point > 0xffff ? 2 : 1);
      }
      case "start":
        if (position === 0) return position;
        // Flag `m`: after every newline but one that ends the text (XPath Functions 3.1, 5.6.1.1).
        return this.flags.multiline && position < text.length && text[position - 1] === "\n" ? position : -1;
      case "end":
        return position === text.length || (this.flags.multiline && text[position] === "\n") ? position : -1;
      case "progress":
        return position === slots[instruction.slot] ? -1 : position;
      case "backreference":
        return this.repeatGroup(instruction.index, position, slots);
      default:
        return -1;
    }
  }

  /** A group that took no part matches the empty string (XPath Functions 3.1, 5.6.1). */
  private repeatGroup(index: number, position: number, slots: readonly number[]): number {
    const from = slots[index * 2] ?? -1;
    const to = slots[index * 2 + 1] ?? -1;
    if (from === -1 || to === -1) return position;
    const group = this.text.slice(from, to);
    const here = this.text.slice(position, position + group.length);
    this.spend(group.length);
    const equal = this.flags.ignoreCase ? foldText(group) === foldText(here) : group === here;
    return equal ? position + group.length : -1;
  }

  private same(left: number, right: number): boolean {
    return left === right || (this.flags.ignoreCase && fold(left) === fold(right));
  }
}

function isHighSurrogate(text: string, index: number): boolean {
  return (text.codePointAt(index) ?? 0) > 0xffff;
}

function foldText(text: string): string {
  return text.toUpperCase().toLowerCase();
}

function fold(point: number): number {
  return single(single(point, "toUpperCase"), "toLowerCase");
}

/** The other case of a code point, if that is one code point too. */
function single(point: number, convert: "toUpperCase" | "toLowerCase"): number {
  const char = String.fromCodePoint(point);
  const converted = char[convert]();
  const first = converted.codePointAt(0) ?? point;
  return converted.length === (first > 0xffff ? 2 : 1) ? first : point;
}

function inSet(point: number, set: CharacterSet, ignoreCase: boolean): boolean {
  if (!ignoreCase) return holds(point, [point], set);
  return holds(point, [point, single(point, "toUpperCase"), single(point, "toLowerCase"), fold(point)], set);
}

function holds(point: number, variants: readonly number[], set: CharacterSet): boolean {
  let member = false;
  for (const candidate of set.members) {
    if (candidate.kind === "range") {
      member = variants.some((variant) => variant >= candidate.from && variant <= candidate.to);
    } else {
      member = candidate.matches.test(String.fromCodePoint(point)) !== candidate.negated;
    }
    if (member) break;
  }
  if (member === set.negated) return false;
  return set.except === undefined || !holds(point, variants, set.except);
}

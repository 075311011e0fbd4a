import type { Grammar, ParseState, Tracker } from "./grammar.ts";
import type { TextInput } from "./input.ts";
import { type Action, DEPTH, REDUCE, REPEAT, STAY, stateAfter, TERM } from "./tables.ts";
import { NEAR } from "./tokens.ts";
import { join, type Nodes, node, partedAt } from "./tree.ts";

/** A symbol on the stack: the state after it, where it starts, the nodes it stands for. Never changed, hence shared. */
interface Frame {
  readonly below: Frame | null;
  readonly depth: number;
  readonly state: number;
  readonly start: number;
  readonly nodes: Nodes | null;
}

/** What all stacks of a parse have in common. */
export interface Parse {
  readonly grammar: Grammar;
  readonly input: TextInput;
  readonly tracker: Tracker;
}

/** Nothing fits behind that offset. */
export function noParse(pos: number): SyntaxError {
  return new SyntaxError(`No parse at ${pos}`);
}

/** One way to read the text up to `pos`. An ambiguous text has several, until all but one fail or come to the same. */
export class Stack implements ParseState {
  readonly parse: Parse;
  pos = 0;
  context: unknown;
  /** Sum of the precedences that the grammar gives to rules for the case of ambiguity. */
  score = 0;
  /** Records made since this stack came to be, as far as it is long: see `record`. */
  records = 0;
  private top: Frame;
  /** Where the last symbol ends: skipped text after it belongs to no symbol yet. */
  private symbolEnd = 0;
  private late = 0;
  private isMarked = false;
  private seen = 0;

  constructor(parse: Parse, state: number) {
    this.parse = parse;
    this.context = parse.tracker.start;
    this.top = { below: null, depth: 0, state, start: 0, nodes: null };
  }

  get state(): number {
    return this.top.state;
  }

  get depth(): number {
    return this.top.depth;
  }

  /** A second stack that goes its own way from here. */
  split(): Stack {
    const copy = Object.assign(new Stack(this.parse, this.state), this);
    copy.records = this.late;
    copy.isMarked &&= this.late > 0;
    return copy;
  }

  apply({ action, term, end }: Action): void {
    if (action & REDUCE) this.reduce(action);
    else if (action & STAY) this.skip(term, end);
    else this.shift(action, term, end);
  }

  private push(below: Frame | null, state: number, start: number, nodes: Nodes | null): void {
    this.top = { below, depth: below === null ? 0 : below.depth + 1, state, start, nodes };
  }

  private skip(term: number, end: number): void {
    const start = this.pos;
    this.pos = end;
    const { below, state, start: from, nodes } = this.top;
    this.track("shift", term, start);
    if (term > this.parse.grammar.maxNode) return;
    this.push(below, state, from, join(nodes, node(term, start, end, null)));
    this.record();
  }

  private shift(state: number, term: number, end: number): void {
    const start = this.pos;
    const isNode = term <= this.parse.grammar.maxNode;
    this.pos = end;
    // A token without text and without a node moves nothing: what was skipped before it is still after the last symbol.
    if (end > start || isNode) this.endSymbolAt(end);
    const from = Math.min(start, this.symbolEnd);
    this.push(this.top, state, from, isNode ? node(term, start, end, null) : null);
    this.track("shift", term, start);
    if (isNode) this.record();
  }

  /** Makes the rule's term of the symbols on top, and a node of theirs if the rule has a name. */
  reduce(action: number): void {
    const { grammar } = this.parse;
    const term = action & TERM;
    const depth = action >>> DEPTH;
    const isNode = term < grammar.minRepeatTerm;
    if (this.symbolEnd < this.pos - NEAR) this.lookAhead(this.pos);
    this.score += grammar.dynamicPrecedences?.[term] ?? 0;

    let below = this.top;
    let start = this.symbolEnd;
    let nodes: Nodes | null = null;
    for (let symbol = 0; symbol < depth; symbol += 1) {
      if (below.below === null) throw new Error("the grammar's tables reduce more than there is");
      nodes = join(below.nodes, nodes);
      start = below.start;
      below = below.below;
    }
    // An empty symbol stands after what was skipped.
    if (isNode && start === this.symbolEnd) this.endSymbolAt(this.pos);
    if (depth === 0) start = this.symbolEnd;
    if (isNode || (depth > 0 && action & REPEAT)) {
      const { before, after } = partedAt(nodes, this.symbolEnd);
      if (isNode) nodes = join(node(term, start, this.symbolEnd, before), after);
      this.records += 1;
      if (after === null) {
        this.isMarked = false;
        this.late = 0;
      }
    }
    this.push(below, stateAfter(grammar, below.state, term), start, nodes);
    this.track("reduce", term, start);
  }

  private endSymbolAt(pos: number): void {
    this.symbolEnd = pos;
    this.late = 0;
  }

  private track(how: "shift" | "reduce", term: number, start: number): void {
    const { tracker, input } = this.parse;
    try {
      this.context = tracker[how](this.context, term, this, input.moveTo(start));
    } catch {
      // lezer-feel's tracker throws where a name has no parts, or parts that belong to none.
      throw noParse(start);
    }
  }

  /*
   * Of two stacks in the same states with the same score, lezer keeps the one with more records in its buffer. Which
   * reading of an ambiguous text wins is part of the grammar, so the records are counted here as they are made there:
   * one for a node or a repetition, and one where tokens were looked for far ahead.
   */

  private record(): void {
    this.records += 1;
    this.isMarked = false;
    if (this.pos > this.symbolEnd) this.late += 1;
  }

  /** Takes note that the text was looked at up to there. */
  lookAhead(seen: number): void {
    if (seen <= this.seen) return;
    this.seen = seen;
    if (this.isMarked) return;
    this.records += 1;
    this.isMarked = true;
    if (this.pos > this.symbolEnd) this.late += 1;
  }

  /** Whether both can do the same from now on. */
  isLike(other: Stack): boolean {
    let mine: Frame | null = this.top;
    let theirs: Frame | null = other.top;
    if (mine.depth !== theirs.depth) return false;
    while (mine !== null && theirs !== null && mine !== theirs) {
      if (mine.state !== theirs.state) return false;
      mine = mine.below;
      theirs = theirs.below;
    }
    return true;
  }

  /** All nodes from the bottom up. */
  get nodes(): Nodes | null {
    let nodes: Nodes | null = null;
    for (let frame: Frame | null = this.top; frame !== null; frame = frame.below)
      nodes = join(frame.nodes, nodes);
    return nodes;
  }
}

import type { CodedTokenizer, Grammar, TokenGroup } from "./grammar.ts";

/** Closes a list in the tables; no term has this number. */
export const END = 0xffff;

/** An action is a number: a state to go to, or with REDUCE the term to make of the last `action >>> DEPTH` symbols. */
export const TERM = 0xffff;
export const REDUCE = 1 << 16;
/** With REDUCE: two repetitions become one. */
export const REPEAT = 1 << 17;
/** Without REDUCE: the token is skipped, the state stays. */
export const STAY = 1 << 18;
export const DEPTH = 19;

/** What follows END in a list of actions: its continuation elsewhere, or an action for every other token. */
const CONTINUED = 1;
const OTHERWISE = 2;

/** Words of a state: flags, where its actions and its skip rules' actions lie, who reads tokens, what it always reduces. */
const STATE_SIZE = 6;
const ACTIONS = 1;
const SKIP_ACTIONS = 2;
const TOKENIZERS = 3;
const ALWAYS_REDUCE = 4;

const IN_SKIP_RULE = 1;
const ACCEPTING = 2;

/**
 * The tables of a grammar, with what may be asked of them. Of lezer's format it reads all but what the FEEL grammar
 * has no use for (skip rules of several tokens, tokenizers that extend others or stand back); those are refused.
 */
export class Tables {
  readonly minRepeatTerm: number;
  readonly maxNode: number;
  readonly tokenizers: readonly (TokenGroup | CodedTokenizer)[];
  readonly data: Uint16Array;
  readonly grammar: Grammar;
  private readonly states: Uint32Array;
  private readonly gotos: Uint16Array;
  private readonly disabled: ArrayLike<number> | null;

  constructor(grammar: Grammar) {
    this.grammar = grammar;
    this.states = grammar.states;
    this.data = grammar.data;
    this.gotos = grammar.goto;
    this.tokenizers = grammar.tokenizers;
    this.disabled = grammar.dialect.disabled;
    this.minRepeatTerm = grammar.minRepeatTerm;
    this.maxNode = grammar.maxNode;
    this.refuseUnknown();
  }

  private refuseUnknown(): void {
    for (let slot = 0; slot < this.states.length; slot += STATE_SIZE) {
      if (at(this.states, slot) & IN_SKIP_RULE)
        throw new TypeError("skip rules of several tokens are unknown");
    }
    for (const tokenizer of this.tokenizers) {
      if ("data" in tokenizer ? false : tokenizer.extend || tokenizer.fallback)
        throw new TypeError("tokenizers that extend others or stand back are unknown");
    }
  }

  /** The term after the last one that is a node. */
  get endOfText(): number {
    return this.maxNode + 1;
  }

  nameOf(term: number): string {
    return this.grammar.nodeSet.types[term]?.name ?? "";
  }

  isAccepting(state: number): boolean {
    return (at(this.states, state * STATE_SIZE) & ACCEPTING) !== 0;
  }

  /** A bit for each tokenizer whose tokens the state can use. */
  tokenizersOf(state: number): number {
    return at(this.states, state * STATE_SIZE + TOKENIZERS);
  }

  /** The reduction that a state makes whatever comes next, or 0. */
  alwaysReduces(state: number): number {
    return at(this.states, state * STATE_SIZE + ALWAYS_REDUCE);
  }

  /** Adds what the state does on a token; what it does on any token counts only where nothing else was found. */
  addActions(state: number, { value, end }: { value: number; end: number }, actions: Actions): void {
    for (let list = ACTIONS; list <= SKIP_ACTIONS; list += 1) {
      let index = at(this.states, state * STATE_SIZE + list);
      for (;;) {
        if (at(this.data, index) === END) {
          const next = at(this.data, index + 1);
          if (next === OTHERWISE && actions.isEmpty) actions.add(this.actionAt(index + 2), value, end);
          if (next !== CONTINUED) break;
          index = this.actionAt(index + 2);
        }
        if (at(this.data, index) === value) actions.add(this.actionAt(index + 1), value, end);
        index += 3;
      }
    }
  }

  private actionAt(index: number): number {
    return at(this.data, index) | (at(this.data, index + 1) << 16);
  }

  /** The state after a term was made on top of `state`: listed by term, in groups of states with one target each. */
  goto(state: number, term: number): number {
    let index = at(this.gotos, term + 1);
    for (;;) {
      const tag = at(this.gotos, index);
      const target = at(this.gotos, index + 1);
      // The last group has all states that no other has.
      if (tag & 1) return target;
      const end = index + 2 + (tag >> 1);
      for (index += 2; index < end; index += 1) if (at(this.gotos, index) === state) return target;
    }
  }

  /** Dialects are off: what belongs to one is no token. */
  allows(term: number): boolean {
    return this.disabled === null || at(this.disabled, term) === 0;
  }

  /** Whether the first of two tokens at one place wins: unless the grammar lists it after the other. */
  precedes(token: number, other: number): boolean {
    const place = this.precedenceOf(other);
    return place < 0 || this.precedenceOf(token) < place;
  }

  private precedenceOf(token: number): number {
    const start = this.grammar.tokenPrecTable;
    for (let index = start; at(this.data, index) !== END; index += 1) {
      if (at(this.data, index) === token) return index - start;
    }
    return -1;
  }
}

/** What may be done at one place, each action once, with the token it is for and where that ends. */
export class Actions {
  readonly actions: number[] = [];
  readonly terms: number[] = [];
  readonly ends: number[] = [];

  get isEmpty(): boolean {
    return this.actions.length === 0;
  }

  add(action: number, term: number, end: number): void {
    if (this.actions.includes(action)) return;
    this.actions.push(action);
    this.terms.push(term);
    this.ends.push(end);
  }
}

/** A table's word; past its end there is nothing but the end. */
export function at(table: ArrayLike<number>, index: number): number {
  return table[index] ?? END;
}

import type { Grammar } from "./grammar.ts";

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
const FLAGS = 0;
const ACTIONS = 1;
const SKIP_ACTIONS = 2;
const TOKENIZERS = 3;
const ALWAYS_REDUCE = 4;

const IN_SKIP_RULE = 1;
const ACCEPTING = 2;

/** Something that may be done at a place, with the token it is for and where that ends. */
export interface Action {
  readonly action: number;
  readonly term: number;
  readonly end: number;
}

/**
 * Of lezer's format everything is read but what the FEEL grammar has no use for.
 * @throws {TypeError} where a grammar has skip rules of several tokens, or tokenizers that extend others or stand back.
 */
export function refuseUnknown(grammar: Grammar): void {
  const { states, tokenizers } = grammar;
  for (let state = 0; state * STATE_SIZE < states.length; state += 1) {
    if (wordOf(grammar, state, FLAGS) & IN_SKIP_RULE)
      throw new TypeError("skip rules of several tokens are unknown");
  }
  for (const tokenizer of tokenizers) {
    if (!("data" in tokenizer) && (tokenizer.extend || tokenizer.fallback))
      throw new TypeError("tokenizers that extend others or stand back are unknown");
  }
}

/** A table's word; past its end there is nothing but the end. */
export function at(table: ArrayLike<number>, index: number): number {
  return table[index] ?? END;
}

function wordOf({ states }: Grammar, state: number, slot: number): number {
  return at(states, state * STATE_SIZE + slot);
}

export function isAccepting(grammar: Grammar, state: number): boolean {
  return (wordOf(grammar, state, FLAGS) & ACCEPTING) !== 0;
}

/** A bit for each tokenizer whose tokens the state can use. */
export function tokenizersOf(grammar: Grammar, state: number): number {
  return wordOf(grammar, state, TOKENIZERS);
}

/** The reduction that a state makes whatever comes next, or 0. */
export function alwaysReduces(grammar: Grammar, state: number): number {
  return wordOf(grammar, state, ALWAYS_REDUCE);
}

/** Adds what the state does on a token; what it does on any token counts only where nothing else was found. */
export function addActions(
  grammar: Grammar,
  state: number,
  term: number,
  end: number,
  found: Action[],
): void {
  const { data } = grammar;
  const actionAt = (index: number): number => at(data, index) | (at(data, index + 1) << 16);
  for (let list = ACTIONS; list <= SKIP_ACTIONS; list += 1) {
    let index = wordOf(grammar, state, list);
    for (;;) {
      if (at(data, index) === END) {
        const next = at(data, index + 1);
        if (next === OTHERWISE && found.length === 0) found.push({ action: actionAt(index + 2), term, end });
        if (next !== CONTINUED) break;
        index = actionAt(index + 2);
      }
      if (at(data, index) === term) {
        const action = actionAt(index + 1);
        if (!found.some((each) => each.action === action)) found.push({ action, term, end });
      }
      index += 3;
    }
  }
}

/** The state after a term was made on top of `state`: listed by term, in groups of states with one target each. */
export function stateAfter({ goto }: Grammar, state: number, term: number): number {
  let index = at(goto, term + 1);
  for (;;) {
    const tag = at(goto, index);
    const target = at(goto, index + 1);
    // The last group has all states that no other has.
    if (tag & 1) return target;
    const end = index + 2 + (tag >> 1);
    for (index += 2; index < end; index += 1) if (at(goto, index) === state) return target;
  }
}

/** Dialects are off: what belongs to one is no token. */
export function allows({ dialect }: Grammar, term: number): boolean {
  return dialect.disabled === null || at(dialect.disabled, term) === 0;
}

/** Whether the first of two tokens at one place wins: unless the grammar lists it after the other. */
export function precedes(grammar: Grammar, token: number, other: number): boolean {
  const place = precedenceOf(grammar, other);
  return place < 0 || precedenceOf(grammar, token) < place;
}

function precedenceOf({ data, tokenPrecTable }: Grammar, token: number): number {
  for (let index = tokenPrecTable; at(data, index) !== END; index += 1) {
    if (at(data, index) === token) return index;
  }
  return -1;
}

import type { Grammar, TokenGroup } from "./grammar.ts";
import { NONE, newToken, type TextInput, type Token } from "./input.ts";
import type { Parse, Stack } from "./stack.ts";
import { type Action, addActions, allows, at, END, precedes, tokenizersOf } from "./tables.ts";

/** Looking further than this past a token is remembered by the stack. */
export const NEAR = 25;

interface ReadToken extends Token {
  /** The tokenizers that the state wanted when this was read. */
  wanted: number;
}

/** Reads the tokens at the places of stacks, each once as long as its tokenizer does not depend on the stack. */
export class Tokens {
  private readonly input: TextInput;
  private readonly grammar: Grammar;
  private readonly known: readonly ReadToken[];

  constructor({ grammar, input }: Parse) {
    this.grammar = grammar;
    this.input = input;
    this.known = grammar.tokenizers.map(() => ({ ...newToken(), wanted: 0 }));
  }

  /** What the stack may do next. The first tokenizer that finds a token decides which it is. */
  actionsFor(stack: Stack): readonly Action[] {
    const { grammar, input } = this;
    const actions: Action[] = [];
    const wanted = tokenizersOf(grammar, stack.state);
    let found = false;
    let seen = 0;
    for (const [index, token] of this.known.entries()) {
      if (((1 << index) & wanted) === 0) continue;
      this.refresh(index, token, wanted, stack);
      if (token.seen > token.end + NEAR) seen = Math.max(token.seen, seen);
      if (token.value === NONE) continue;
      found = true;
      if (token.extended !== NONE) addActions(grammar, stack.state, token.extended, token.end, actions);
      addActions(grammar, stack.state, token.value, token.end, actions);
      break;
    }
    if (seen > 0) stack.lookAhead(seen);
    if (!found && stack.pos === input.text.length) {
      // The end of the text is the term after the nodes.
      addActions(grammar, stack.state, grammar.maxNode + 1, stack.pos, actions);
    }
    return actions;
  }

  private refresh(index: number, token: ReadToken, wanted: number, stack: Stack): void {
    const tokenizer = this.grammar.tokenizers[index];
    if (tokenizer === undefined) return;
    const isGroup = "data" in tokenizer;
    const isCurrent = token.start === stack.pos && token.wanted === wanted;
    if (isCurrent && (isGroup || !tokenizer.contextual)) return;
    token.wanted = wanted;
    this.input.moveTo(stack.pos, token);
    if (isGroup) readToken(this.grammar, tokenizer, this.input, token);
    else tokenizer.token(this.input, stack);
    if (token.value === NONE) token.end = Math.min(stack.pos + 1, this.input.text.length);
    else this.specialize(token, stack);
  }

  /** A keyword's text makes its token another one, or gives it a second meaning. */
  private specialize(token: Token, stack: Stack): void {
    const { specialized, specializers } = this.grammar;
    for (const [index, specializer] of specializers.entries()) {
      if (specialized[index] !== token.value) continue;
      const result = specializer(this.input.read(token.start, token.end), stack);
      if (result < 0 || !allows(this.grammar, result >> 1)) continue;
      if (result & 1) token.extended = result >> 1;
      else token.value = result >> 1;
      return;
    }
  }
}

/**
 * Runs the token automaton. A state is: the groups that it can lead to, where its edges start, how many there are; then
 * the tokens it accepts (term, groups); then its edges (first unit, unit after the last, state), in order.
 */
function readToken(grammar: Grammar, { data, id }: TokenGroup, input: TextInput, token: Token): void {
  const group = 1 << id;
  let state = 0;
  while ((at(data, state) & group) !== 0) {
    acceptIn(grammar, data, state, group, input, token);
    const target = follow(data, state, input.next);
    if (target < 0) return;
    state = target;
    input.advance();
  }
}

/** The token of a state, where it is longer than what was found or goes before it. */
function acceptIn(
  grammar: Grammar,
  data: Uint16Array,
  state: number,
  group: number,
  input: TextInput,
  token: Token,
): void {
  const edges = at(data, state + 1);
  for (let index = state + 3; index < edges; index += 2) {
    const term = at(data, index);
    if ((at(data, index + 1) & group) === 0 || !allows(grammar, term)) continue;
    if (token.value !== NONE && token.value !== term && !precedes(grammar, term, token.value)) continue;
    input.acceptToken(term);
    return;
  }
}

/** The state behind the edge for a unit, or -1. The end of the text is an edge from END on. */
function follow(data: Uint16Array, state: number, unit: number): number {
  const edges = at(data, state + 1);
  let low = 0;
  let high = at(data, state + 2);
  if (unit < 0) {
    const last = edges + (high - 1) * 3;
    return high > 0 && at(data, last) === END ? at(data, last + 2) : -1;
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    const edge = edges + middle * 3;
    if (unit < at(data, edge)) high = middle;
    else if (unit >= (at(data, edge + 1) || 0x10000)) low = middle + 1;
    else return at(data, edge + 2);
  }
  return -1;
}

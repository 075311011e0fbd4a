import { type Grammar, grammarOf, trackerOf } from "./grammar.ts";
import { TextInput } from "./input.ts";
import { noParse, type Parse, Stack } from "./stack.ts";
import { alwaysReduces, isAccepting, refuseUnknown } from "./tables.ts";
import { Tokens } from "./tokens.ts";
import { node, type SyntaxNode, treeOf } from "./tree.ts";

/** Symbols on a stack: what is nested deeper does not parse. */
const MAXIMUM_DEPTH = 2800;
/** Ways to read a text that are followed at once. */
const MAXIMUM_STACKS = 12;
/** Records after which of two stacks only the better one goes on. */
const LONG = 125;
/** Actions without a step forward in the text. Tables made of a grammar need a fraction; others must not hang. */
const MAXIMUM_ACTIONS = 1_000_000;

/**
 * Parses by the tables of lezer-generator, the whole text at once and without forgiving anything: what an editor wants
 * besides (trees of wrong text, trees of changed text, highlighting) is why @lezer/lr is five times as large.
 */
export class StrictParser {
  private readonly grammar: Grammar;

  /** @throws {TypeError} where it is no parser of lezer's, or has what FEEL's grammar does not need. */
  constructor(parser: object) {
    this.grammar = grammarOf(parser);
    refuseUnknown(this.grammar);
  }

  /**
   * The tree of the text as `top`, the name of one of the grammar's top rules.
   * @throws {SyntaxError} `No parse at 12`, with the offset behind which nothing fits or the tracker gives up.
   */
  parse(text: string, top: string, contextTracker: object): SyntaxNode {
    const { grammar } = this;
    const [state, term] = grammar.topRules[top] ?? [];
    if (state === undefined || term === undefined) throw new RangeError(`no top rule ${top}`);
    const parse = { grammar, input: new TextInput(text), tracker: trackerOf(contextTracker) };
    const tokens = new Tokens(parse);
    let stacks = [new Stack(parse, state)];
    for (let pos = 0; ; pos = Math.min(...stacks.map((stack) => stack.pos))) {
      const ahead: Stack[] = [];
      const stuck = advance(tokens, stacks, pos, ahead);
      if (ahead.length === 0) return finish(parse, stuck, pos, term);
      stacks = pruned(ahead);
    }
  }
}

/**
 * Moves every stack at `pos` beyond it, to those `ahead`; answers with those that cannot. Stacks that split off join the
 * queue.
 */
function advance(tokens: Tokens, queue: Stack[], pos: number, ahead: Stack[]): Stack[] {
  const stuck: Stack[] = [];
  let actions = 0;
  for (const stack of queue) {
    while (stack.pos === pos && step(tokens, stack, queue, ahead)) {
      actions += 1;
      if (actions > MAXIMUM_ACTIONS) throw noParse(pos);
    }
    if (stack.pos > pos) ahead.push(stack);
    else stuck.push(stack);
  }
  return stuck;
}

/** Lets a stack do what the tables say; each action but the last is for a stack split off. False: there is none. */
function step(tokens: Tokens, stack: Stack, queue: Stack[], ahead: Stack[]): boolean {
  const reduction = alwaysReduces(stack.parse.grammar, stack.state);
  if (reduction > 0) {
    stack.reduce(reduction);
    return true;
  }
  if (stack.depth >= MAXIMUM_DEPTH) return false;
  const { pos } = stack;
  const actions = tokens.actionsFor(stack);
  for (const action of actions) {
    const actor = action === actions.at(-1) ? stack : stack.split();
    actor.apply(action);
    if (actor === stack) return true;
    (actor.pos > pos ? ahead : queue).push(actor);
  }
  return false;
}

/** The tree of the best stack that has read all of the text. */
function finish({ grammar, input }: Parse, stuck: readonly Stack[], pos: number, term: number): SyntaxNode {
  let best: Stack | undefined;
  for (const stack of stuck) {
    const isDone = stack.pos === input.text.length && isAccepting(grammar, stack.state);
    if (isDone && (best === undefined || best.score < stack.score)) best = stack;
  }
  if (best === undefined) throw noParse(pos);
  return treeOf(node(term, 0, best.pos, best.nodes), (each) => grammar.nodeSet.types[each]?.name ?? "");
}

/** Leaves of stacks that came to the same, or that both went far, the better one; and of all, not too many. */
function pruned(stacks: readonly Stack[]): Stack[] {
  const kept: Stack[] = [];
  next: for (const stack of stacks) {
    for (let index = 0; index < kept.length; index += 1) {
      const other = kept[index];
      if (other === undefined || !isRival(other, stack)) continue;
      if (isBetter(other, stack)) continue next;
      kept.splice(index, 1);
      index -= 1;
    }
    kept.push(stack);
  }
  if (kept.length <= MAXIMUM_STACKS) return kept;
  return kept.sort((a, b) => b.score - a.score).slice(0, MAXIMUM_STACKS);
}

function isRival(a: Stack, b: Stack): boolean {
  return (a.records > LONG && b.records > LONG) || a.isLike(b);
}

function isBetter(a: Stack, b: Stack): boolean {
  return a.score === b.score ? a.records > b.records : a.score > b.score;
}

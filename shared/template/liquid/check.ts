import { Liquid, type Template } from "liquidjs";
import { BOUNDS } from "#kernel/bounds.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import { registerFilters } from "./filters.ts";
import { TEMPLATE_LIMITS } from "./limits.ts";

/** What is wrong in a Liquid text, at which line and column (from 1), and what was expected there. */
export type LiquidProblem = {
  readonly line: number;
  readonly column: number;
  readonly found: string;
  readonly expected: string;
};
export type ParsedLiquid =
  | { readonly templates: Template[]; readonly problem?: never }
  | { readonly templates?: never; readonly problem: LiquidProblem };

let made: Liquid | undefined;

/** Made when the first text is checked: most starts check none. Its filters are those of rendering. */
const engine = (): Liquid => {
  if (made !== undefined) return made;
  made = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    templates: {},
    parseLimit: TEMPLATE_LIMITS.source,
  });
  registerFilters(made, "html", "en");
  return made;
};

/** Tags that read other templates: when a message is rendered, there are none to read. */
const READS_OTHERS = /\{%-?\s*(render|include|layout|block)\b/;

const TAG = /\{%-?\s*(?:(end\w+)|(?:if|unless|for|case|tablerow|capture)\b)/g;

/** Where tags stand deeper within one another than a text that people write: rendering such a one may overflow the stack. */
const tooDeepAt = (source: string): number | null => {
  let depth = 0;
  for (const { 1: end, index } of source.matchAll(TAG)) {
    depth = end === undefined ? depth + 1 : Math.max(0, depth - 1);
    if (depth > BOUNDS.liquidDepth) return index;
  }
  return null;
};

/** Line and column, from 1, of a place in a text. */
const placeOf = (source: string, index: number): { readonly line: number; readonly column: number } => {
  const before = source.slice(0, index).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};

/** Parses as rendering does, and says where a text is not Liquid instead of throwing. */
export const parseLiquid = (source: string): ParsedLiquid => {
  const reading = READS_OTHERS.exec(source);
  if (reading !== null) {
    const found = `{% ${reading[1]} %}, which finds no other template`;
    const expected = "the text itself, or in a playbook mj-include";
    return { problem: { ...placeOf(source, reading.index), found, expected } };
  }
  const tooDeep = tooDeepAt(source);
  if (tooDeep !== null) {
    const found = "tags are nested too deep";
    return { problem: { ...placeOf(source, tooDeep), found, expected: `at most ${BOUNDS.liquidDepth}` } };
  }
  try {
    return { templates: engine().parse(source) };
  } catch (error) {
    return { problem: problemOf(error) };
  }
};

/** The variables that a text reads from outside, by the name they begin with. */
export const variablesIn = (templates: Template[]) => engine().analyzeSync(templates).globals;

const MAX_FOUND = 120;

/** liquidjs ends its first line with the place: `tag {% if a %} not closed, line:2, col:5`. */
const problemOf = (error: unknown): LiquidProblem => {
  const message = error instanceof Error ? error.message : String(error);
  const place = /, line:(\d+)(?:, col:(\d+))?/.exec(message);
  const found = message.slice(0, place?.index).slice(0, MAX_FOUND);
  return {
    line: Number(place?.[1] ?? 1),
    column: Number(place?.[2] ?? 1),
    found,
    expected: expectedFor(found),
  };
};

const expectedFor = (found: string): string => {
  const open = /^tag \{%-?\s*(\w+).* not closed/s.exec(found)?.[1];
  if (open !== undefined) return `{% end${open} %}`;
  const filter = /^undefined filter: (.+)/.exec(found)?.[1];
  if (filter !== undefined) return `a filter, ${expectedOneOf(filter, Object.keys(engine().filters).sort())}`;
  const tag = /^tag "(\w+)" not found/.exec(found)?.[1];
  if (tag !== undefined && /^(end|els|when)/.test(tag))
    return `the tag that {% ${tag} %} belongs to, before it`;
  if (tag !== undefined) return `a tag, ${expectedOneOf(tag, Object.keys(engine().tags).sort())}`;
  if (found.startsWith("output")) return "}} at its end, and every quotation mark closed";
  if (found.startsWith("tag")) return "%} at its end";
  return "Liquid, such as {{ customer.firstName }}";
};

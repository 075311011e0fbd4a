import {
  BOOLEAN,
  coerce,
  FeelRange,
  type FeelType,
  type FeelValue,
  isList,
  listOf,
  NUMBER,
} from "../../feel/index.ts";
import type { FilterExpression, IteratorExpression } from "../model/types.ts";
import type { DmnRun, Site } from "../run.ts";
import {
  type BoxContext,
  bindItem,
  compileExpression,
  extendScope,
  itemScope,
  siteOfElement,
} from "./boxed.ts";
import { type CompiledPart, compileText, type ScopeTypes, typedPart } from "./feel-text.ts";

/** The boxed filter: always a list, of the items for which `match` is true; anything but true or false is an error. */
export function compileFilter(
  context: BoxContext,
  expression: FilterExpression,
  scope: ScopeTypes,
): CompiledPart {
  const source = compileExpression(context, expression.in, scope, expression.xml);
  const element = elementType(source.type);
  const inner: ScopeTypes = { ...scope, ...itemScope(listOf(element)) };
  const match = compileMatch(context, expression, inner, element.kind === "any");
  const site = siteOfElement(context, expression.xml);
  return {
    type: listOf(element),
    evaluate: (outer, run) => {
      const items = itemsOf(source.evaluate(outer, run), run, site);
      if (items === null) return null;
      const kept: FeelValue[] = [];
      for (const item of items) {
        run.spend(1);
        const local = extendScope(outer);
        bindItem(local, item);
        const matches = match.evaluate(local, run);
        if (typeof matches !== "boolean") {
          return run.warn("type-mismatch", "the match of a filter is neither true nor false", site);
        }
        if (matches) kept.push(item);
      }
      return kept;
    },
  };
}

function compileMatch(
  context: BoxContext,
  { match, xml }: FilterExpression,
  scope: ScopeTypes,
  unknownElements: boolean,
): CompiledPart {
  if (match?.kind !== "literal" || !unknownElements) return compileExpression(context, match, scope, xml);
  // Elements of unknown type may have any entry: names that nobody declared may be theirs.
  const part = compileText(context, match, scope, context.element, true);
  return typedPart(part, context.itemTypes.of(match), siteOfElement(context, match.xml));
}

/** `for`, `some` and `every` over one variable, as in FEEL (DMN 1.5, 10.2.1.9 to 10.2.1.11). */
export function compileIterator(
  context: BoxContext,
  expression: IteratorExpression,
  scope: ScopeTypes,
): CompiledPart {
  const source = compileExpression(context, expression.in, scope, expression.xml);
  const site = siteOfElement(context, expression.xml);
  const inner: Record<string, FeelType> = {
    ...scope,
    [expression.iteratorVariable]: elementType(source.type),
  };
  if (expression.kind === "for") inner.partial = listOf({ kind: "any" });
  const body = compileExpression(context, expression.body, inner, expression.xml);
  const iteration = { source, body, variable: expression.iteratorVariable, site };
  switch (expression.kind) {
    case "for":
      return compileFor(iteration);
    case "some":
      return compileQuantifier(iteration, true);
    case "every":
      return compileQuantifier(iteration, false);
  }
}

interface Iteration {
  readonly source: CompiledPart;
  readonly body: CompiledPart;
  readonly variable: string;
  readonly site: Site;
}

function compileFor({ source, body, variable, site }: Iteration): CompiledPart {
  return {
    type: listOf(body.type),
    evaluate: (outer, run) => {
      const items = itemsOf(source.evaluate(outer, run), run, site);
      if (items === null) return null;
      const results: FeelValue[] = [];
      for (const item of items) {
        run.spend(1);
        const local = extendScope(outer);
        local[variable] = item;
        local.partial = results;
        results.push(body.evaluate(local, run));
      }
      return results;
    },
  };
}

/** `some` is decided by the first true, `every` by the first false; a test that is no boolean is an error. */
function compileQuantifier({ source, body, variable, site }: Iteration, decisive: boolean): CompiledPart {
  return {
    type: BOOLEAN,
    evaluate: (outer, run) => {
      const items = itemsOf(source.evaluate(outer, run), run, site);
      if (items === null) return null;
      for (const item of items) {
        run.spend(1);
        const local = extendScope(outer);
        local[variable] = item;
        const satisfied = body.evaluate(local, run);
        if (satisfied === decisive) return decisive;
        if (typeof satisfied !== "boolean") {
          return run.warn("type-mismatch", "a test is neither true nor false", site);
        }
      }
      return !decisive;
    },
  };
}

function elementType(type: FeelType): FeelType {
  if (type.kind === "list") return type.element;
  return type.kind === "range" ? NUMBER : type;
}

/** What is iterated over: a list, the whole numbers or days of a closed range, or a single value as a list of one. */
function itemsOf(value: FeelValue, run: DmnRun, site: Site): readonly FeelValue[] | null {
  if (isList(value)) return value;
  if (value === null) return run.warn("type-mismatch", "there is no list to go through", site);
  if (!(value instanceof FeelRange)) return [coerce(value, { kind: "any" }) ?? null];
  const { low, high } = value;
  if (
    typeof low !== "number" ||
    typeof high !== "number" ||
    !Number.isFinite(low) ||
    !Number.isFinite(high)
  ) {
    return run.warn("type-mismatch", "only a range of numbers can be gone through", site);
  }
  const items: number[] = [];
  for (let number = low; number <= high; number += 1) {
    run.spend(1);
    if ((number !== low || value.lowIncluded) && (number !== high || value.highIncluded)) items.push(number);
  }
  return items;
}

import {
  BOOLEAN,
  elementsOf,
  elementType,
  type FeelType,
  type FeelValue,
  listOf,
  type Scope,
} from "#feel/index.ts";
import type { ExpressionPart, FilterExpression, IteratorExpression } from "../model/types.ts";
import type { DmnRun } from "../run/run.ts";
import { type Site, siteOf } from "../run/site.ts";
import type { BoxContext } from "../table/program.ts";
import { type CompiledPart, typedPart } from "../text/compiled.ts";
import { compileText } from "../text/feel-text.ts";
import { bindItem, extendScope, itemScope } from "../text/scope.ts";
import { compilePart } from "./boxed.ts";

/** Within, other values may stand behind the names around. */
const NO_ITEMS: BoxContext["items"] = new Map();

/** The boxed filter: always a list, of the items for which `match` is true; what is neither boolean nor null is an error. */
export function compileFilter(context: BoxContext, expression: FilterExpression, scope: Scope): CompiledPart {
  const source = compilePart(context, expression.in, scope, expression.xml);
  const element = elementType(source.type);
  const inner: Scope = { ...scope, ...itemScope(listOf(element)) };
  const match = compileMatch({ ...context, items: NO_ITEMS }, expression, inner, element.kind === "any");
  const site = siteOf(context, expression.xml);
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
        if (matches === true) kept.push(item);
        else if (matches !== false && matches !== null) {
          return run.warn("type-mismatch", "the match of a filter is neither true nor false", site);
        }
      }
      return kept;
    },
  };
}

function compileMatch(
  context: BoxContext,
  { match, xml }: FilterExpression,
  scope: Scope,
  unknownElements: boolean,
): CompiledPart {
  if (match?.value?.kind !== "literal" || !unknownElements) return compilePart(context, match, scope, xml);
  // Elements of unknown type may have any entry: names that nobody declared may be theirs.
  const part = compileText(context, match.value, scope, true);
  return [match.value, match].reduce(
    (typed, item) => typedPart(typed, context.itemTypes.of(item), siteOf(context, item.xml)),
    part,
  );
}

/** `for`, `some` and `every` over one variable, as in FEEL (DMN 1.5, 10.2.1.9 to 10.2.1.11). */
export function compileIterator(
  context: BoxContext,
  expression: IteratorExpression,
  scope: Scope,
): CompiledPart {
  const source = compilePart(context, expression.in, scope, expression.xml);
  const site = siteOf(context, expression.xml);
  const inner: Record<string, FeelType> = {
    ...scope,
    [expression.iteratorVariable]: elementType(source.type),
  };
  if (expression.kind === "for") inner.partial = listOf({ kind: "any" });
  const body = compilePart({ ...context, items: NO_ITEMS }, expression.body, inner, expression.xml);
  const iteration = { source, body, variable: expression.iteratorVariable, site };
  const keepsPartial = mentions(expression.body, "partial");
  switch (expression.kind) {
    case "for":
      return compileFor(iteration, keepsPartial);
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

/** `keepsPartial`: a body that keeps the results so far must not see them grow. */
function compileFor({ source, body, variable, site }: Iteration, keepsPartial: boolean): CompiledPart {
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
        if (keepsPartial) {
          run.spend(results.length);
          local.partial = results.slice();
        }
        results.push(body.evaluate(local, run));
      }
      return results;
    },
  };
}

/**
 * `some` is decided by the first true, `every` by the first false; a null leaves open what nothing else decides, and a
 * test that is no boolean is an error (DMN 1.5, table 53).
 */
function compileQuantifier({ source, body, variable, site }: Iteration, decisive: boolean): CompiledPart {
  return {
    type: BOOLEAN,
    evaluate: (outer, run) => {
      const items = itemsOf(source.evaluate(outer, run), run, site);
      if (items === null) return null;
      let result: boolean | null = !decisive;
      for (const item of items) {
        run.spend(1);
        const local = extendScope(outer);
        local[variable] = item;
        const satisfied = body.evaluate(local, run);
        if (satisfied === decisive) return decisive;
        if (satisfied === null) result = null;
        else if (typeof satisfied !== "boolean") {
          return run.warn("type-mismatch", "a test is neither true nor false", site);
        }
      }
      return result;
    },
  };
}

/** What is iterated over, as FEEL's own `for` does it (DMN 1.5, table 53). */
function itemsOf(value: FeelValue, run: DmnRun, site: Site): Iterable<FeelValue> | null {
  const items = elementsOf(value);
  return items ?? run.warn("type-mismatch", "this cannot be gone through", site);
}

const mentions = (part: ExpressionPart | undefined, name: string): boolean =>
  JSON.stringify(part ?? null, (key, value: unknown) => (/xml$/i.test(key) ? undefined : value)).includes(
    name,
  );

import {
  ANY,
  contextOf,
  type FeelType,
  listOf,
  NULL,
  newContext,
  type Scope,
  unionType,
} from "#feel/index.ts";
import type {
  ConditionalExpression,
  ContextExpression,
  Expression,
  ExpressionPart,
  FeelText,
  ListExpression,
  RelationExpression,
} from "../model/types.ts";
import { siteOf } from "../run/site.ts";
import { compileTable } from "../table/compile-table.ts";
import type { BoxContext } from "../table/program.ts";
import { type CompiledPart, typedPart } from "../text/compiled.ts";
import { compileText } from "../text/feel-text.ts";
import { extendScope } from "../text/scope.ts";
import { isTooLarge } from "../types/item-types.ts";
import { compileFunction } from "./functions.ts";
import { compileInvocation } from "./invocation.ts";
import { compileFilter, compileIterator } from "./iterators.ts";

/** Compiles an expression of any kind; what is missing or wrong is reported and yields null. */
export function compileExpression(
  context: BoxContext,
  expression: Expression | undefined,
  scope: Scope,
  owner?: FeelText["xml"],
): CompiledPart {
  if (expression === undefined) return missing(context, owner);
  const part = compileKind(context, expression, scope);
  const bounded = isTooLarge(part.type) ? { ...part, type: ANY } : part;
  return typedPart(bounded, context.itemTypes.of(expression), siteOf(context, expression.xml));
}

/** The expression in an element such as `<then>`, with the type that this element may declare. */
export function compilePart(
  context: BoxContext,
  part: ExpressionPart | undefined,
  scope: Scope,
  owner: FeelText["xml"],
): CompiledPart {
  const xml = part?.xml ?? owner;
  const compiled = compileExpression(context, part?.value, scope, xml);
  return typedPart(compiled, context.itemTypes.of(part ?? {}), siteOf(context, xml));
}

function compileKind(context: BoxContext, expression: Expression, scope: Scope): CompiledPart {
  switch (expression.kind) {
    case "literal":
      return compileText(context, expression, scope);
    case "context":
      return compileContext(context, expression, scope);
    case "list":
      return compileList(context, expression, scope);
    case "relation":
      return compileRelation(context, expression, scope);
    case "invocation":
      return compileInvocation(context, expression, scope);
    case "function":
      return compileFunction(context, expression, scope);
    case "conditional":
      return compileConditional(context, expression, scope);
    case "filter":
      return compileFilter(context, expression, scope);
    case "for":
    case "some":
    case "every":
      return compileIterator(context, expression, scope);
    case "table":
      return compileTable(context, expression, scope);
  }
}

function missing(context: BoxContext, owner: FeelText["xml"]): CompiledPart {
  const site = siteOf(context, owner);
  context.log.add(site, "structure", "an expression is missing here");
  return { type: NULL, evaluate: (_, run) => run.warn("no-logic", "an expression is missing", site) };
}

/** Entries see those before them; an entry without a variable is the result (DMN 1.5, 10.2.1.4 and 10.3.2.6). */
function compileContext(context: BoxContext, expression: ContextExpression, scope: Scope): CompiledPart {
  const inner: Record<string, FeelType> = { ...scope };
  const items = new Map(context.items);
  const names: string[] = [];
  const parts: CompiledPart[] = [];
  const types: Record<string, FeelType> = {};
  for (const entry of expression.entries) {
    const part = compileExpression({ ...context, items }, entry.value, { ...inner }, entry.xml);
    if (entry.variable === undefined) return resultOf(names, parts, part);
    const { name } = entry.variable;
    const site = siteOf(context, entry.xml);
    if (names.includes(name)) {
      context.log.add(site, "duplicate", `the context has more than one entry "${name}"`);
    }
    const item = context.itemTypes.of(entry.variable);
    const typed = typedPart(part, item, site);
    items.set(name, item);
    names.push(name);
    parts.push(typed);
    inner[name] = typed.type;
    types[name] = typed.type;
  }
  return {
    type: contextOf(types),
    evaluate: (outer, run) => {
      const local = extendScope(outer);
      const value = newContext();
      for (let index = 0; index < parts.length; index += 1) {
        const name = names[index];
        if (name === undefined) continue;
        const entry = parts[index]?.evaluate(local, run) ?? null;
        local[name] = entry;
        value[name] = entry;
      }
      return value;
    },
  };
}

function resultOf(
  names: readonly string[],
  parts: readonly CompiledPart[],
  result: CompiledPart,
): CompiledPart {
  return {
    type: result.type,
    evaluate: (outer, run) => {
      const local = extendScope(outer);
      names.forEach((name, index) => {
        local[name] = parts[index]?.evaluate(local, run) ?? null;
      });
      return result.evaluate(local, run);
    },
  };
}

function compileList(context: BoxContext, expression: ListExpression, scope: Scope): CompiledPart {
  const items = expression.items.map((item) => compileExpression(context, item, scope));
  const element = items.map(({ type }) => type).reduce(unionType, NULL);
  return {
    type: listOf(items.length === 0 ? ANY : element),
    evaluate: (outer, run) => items.map((item) => item.evaluate(outer, run)),
  };
}

function compileRelation(context: BoxContext, expression: RelationExpression, scope: Scope): CompiledPart {
  const { columns } = expression;
  const columnTypes = columns.map((column) => context.itemTypes.of(column));
  const rows = expression.rows.map((row) => {
    const site = siteOf(context, row.xml);
    if (row.cells.length !== columns.length) {
      const message = `the row has ${row.cells.length} cells where the relation has ${columns.length} columns`;
      context.log.add(site, "structure", message);
    }
    return columns.map((_, index) => {
      const part = compileExpression(context, row.cells[index], scope, row.xml);
      const type = columnTypes[index];
      return type === undefined ? part : typedPart(part, type, site);
    });
  });
  const types: Record<string, FeelType> = {};
  columns.forEach((column, index) => {
    types[column.name] = rows.map((row) => row[index]?.type ?? ANY).reduce(unionType, NULL);
  });
  return {
    type: listOf(contextOf(types)),
    evaluate: (outer, run) =>
      rows.map((row) => {
        const value = newContext();
        columns.forEach(({ name }, index) => {
          value[name] = row[index]?.evaluate(outer, run) ?? null;
        });
        return value;
      }),
  };
}

/** As FEEL's `if`: anything but true takes the other branch; a condition that is no boolean is also reported. */
function compileConditional(
  context: BoxContext,
  expression: ConditionalExpression,
  scope: Scope,
): CompiledPart {
  const condition = compilePart(context, expression.if, scope, expression.xml);
  const consequent = compilePart(context, expression.then, scope, expression.xml);
  const alternative = compilePart(context, expression.else, scope, expression.xml);
  const site = siteOf(context, expression.xml);
  return {
    type: unionType(consequent.type, alternative.type),
    evaluate: (outer, run) => {
      const test = condition.evaluate(outer, run);
      if (test === true) return consequent.evaluate(outer, run);
      if (test === false || test === null) return alternative.evaluate(outer, run);
      return run.warn("type-mismatch", "the condition is neither true nor false", site);
    },
  };
}

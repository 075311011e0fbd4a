import { ANY, type FeelInput, type FeelType, type FeelValue, isContext, newContext } from "#feel/index.ts";

/** A scope with the same names, to add to. */
export function extendScope(outer: FeelInput): Record<string, FeelValue> {
  return Object.assign(newContext(), outer);
}

/** Adds names to a scope or context, each with the value at its place; null where there is none. */
export function bindAll(
  scope: Record<string, FeelValue>,
  names: readonly string[],
  values: readonly FeelValue[],
): Record<string, FeelValue> {
  names.forEach((name, index) => {
    scope[name] = values[index] ?? null;
  });
  return scope;
}

/**
 * Names that the elements of a list bring into the scope of a filter: `item`, and the entries of `item`, among which one
 * may itself be called `item` (DMN 1.5, 10.3.2.5).
 */
export function itemScope(list: FeelType): Record<string, FeelType> {
  const element = list.kind === "list" ? list.element : ANY;
  const entries = element.kind === "context" ? element.entries : {};
  return { item: element, ...entries };
}

/** The values of those names for one element. */
export function bindItem(scope: Record<string, FeelValue>, item: FeelValue): void {
  scope.item = item;
  if (isContext(item)) Object.assign(scope, item);
}

import { trackVariables, VariableContext } from "lezer-feel";
import type { FeelType } from "../types.ts";

/** The names an expression may use, with their static types. Names may contain spaces and `./-'+*`. */
export type Scope = Readonly<Record<string, FeelType>>;

/** Names that stand after a dot although no declared context has them: properties of temporal values and ranges. */
const PROPERTY_NAMES = ["time offset", "start included", "end included"];

interface Shape {
  [name: string]: Shape | 1;
}

/**
 * FEEL's grammar depends on the names in scope: `a-b` is one name where such a name is known, else a subtraction
 * (DMN 1.5, 10.3.1.2, rules 25-30). This is the form in which the grammar's context tracker wants them.
 */
export function namesTracker(scope: Scope, functions: Iterable<string>): ReturnType<typeof trackVariables> {
  const shape: Shape = Object.create(null);
  for (const name of PROPERTY_NAMES) shape[name] = 1;
  for (const name of functions) if (/\W/.test(name)) shape[name] = 1;
  const memberNames = new Set(PROPERTY_NAMES);
  for (const [name, type] of Object.entries(scope)) shape[name] = shapeOf(type, memberNames);

  /** After a dot whose left side has no known shape, every member name that occurs anywhere may stand. */
  class NamesInScope extends VariableContext {
    override getKeys(): string[] {
      const keys = super.getKeys();
      return keys.length === 0 ? [...memberNames] : keys;
    }
  }
  return trackVariables(shape, NamesInScope);
}

function shapeOf(type: FeelType, memberNames: Set<string>): Shape | 1 {
  switch (type.kind) {
    case "list":
      return shapeOf(type.element, memberNames);
    case "function":
      return shapeOf(type.result, memberNames);
    case "context": {
      const shape: Shape = Object.create(null);
      for (const [name, entry] of Object.entries(type.entries)) {
        if (/[^\p{L}\p{N}_]/u.test(name)) memberNames.add(name);
        shape[name] = shapeOf(entry, memberNames);
      }
      return shape;
    }
    default:
      return 1;
  }
}

/** One spelling for names that differ only in white space around their parts. */
export function normalizeName(name: string): string {
  if (/^\w+$/.test(name)) return name;
  // White space first: looking for it in front of an operator is quadratic where there is a lot and no operator.
  return name
    .replace(/\s+/g, " ")
    .replace(/ ?(\*\*|[./\-'+*]) ?/g, " $1 ")
    .replace(/ +/g, " ")
    .trim();
}

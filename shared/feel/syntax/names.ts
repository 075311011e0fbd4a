import { type ContextValue, trackVariables, VariableContext } from "lezer-feel";
import type { FeelType, Scope } from "../values/types.ts";

/** Names that stand after a dot although no declared context has them: properties of temporal values and ranges. */
const PROPERTY_NAMES = ["time offset", "start included", "end included"];

interface Shape {
  [name: string]: Shape | 1;
}

/** The shapes of types, each made once: where types have the same parts twice, making them anew would have no end. */
const SHAPES = new WeakMap<FeelType, Shape | 1>();

/** How often the names of two values of a text are put together, so that a short text cannot take for ever. */
const MAXIMUM_MERGES = 100_000;

/**
 * FEEL's grammar depends on the names in scope: `a-b` is one name where such a name is known, else a subtraction
 * (DMN 1.5, 10.3.1.2, rules 25-30). This is the form in which the grammar's context tracker wants them.
 */
export function namesTracker(scope: Scope, functions: Iterable<string>): ReturnType<typeof trackVariables> {
  const declared = Object.entries(scope).map(([name, type]): [string, Shape | 1] => [name, shapeOf(type)]);
  const shape: Shape = Object.create(null);
  for (const name of PROPERTY_NAMES) shape[name] = 1;
  for (const name of functions) if (/\W/.test(name)) shape[name] = 1;
  for (const [name, known] of declared) shape[name] = known;
  let members: string[] | undefined;
  let merges = 0;

  class NamesInScope extends VariableContext {
    /** After a dot whose left side has no known shape, every member name that occurs anywhere may stand. */
    override getKeys(): string[] {
      const keys = super.getKeys();
      if (keys.length > 0) return keys;
      members ??= membersOf(declared.map(([, known]) => known));
      return members;
    }

    /** The names that any of the values has. Of equal objects, and past the bound, only the last one's are taken. */
    static override of(...values: ContextValue[]): VariableContext {
      return new NamesInScope(values.reduce(merged, NO_NAMES));
    }
  }

  function merged(left: ContextValue, right: ContextValue): Names {
    const [one, other] = [namesOf(left), namesOf(right)];
    merges += 1;
    if (one === other || merges > MAXIMUM_MERGES) return other;
    const both: Record<string, unknown> = Object.assign(Object.create(null), one);
    for (const [name, value] of Object.entries(other))
      both[name] = Object.hasOwn(one, name) ? merged(one[name], value) : value;
    return both;
  }
  return trackVariables(shape, NamesInScope);
}

type Names = Readonly<Record<string, unknown>>;
const NO_NAMES: Names = {};

function namesOf(value: ContextValue): Names {
  if (value instanceof VariableContext) return value.value;
  return VariableContext.isAtomic(value) ? NO_NAMES : value;
}

function shapeOf(type: FeelType): Shape | 1 {
  const known = SHAPES.get(type);
  if (known !== undefined) return known;
  const shape = newShape(type);
  SHAPES.set(type, shape);
  return shape;
}

function newShape(type: FeelType): Shape | 1 {
  switch (type.kind) {
    case "list":
      return shapeOf(type.element);
    case "function":
      return shapeOf(type.result);
    case "context": {
      const shape: Shape = Object.create(null);
      for (const [name, entry] of Object.entries(type.entries)) shape[name] = shapeOf(entry);
      return shape;
    }
    default:
      return 1;
  }
}

/** The names within the shapes that are no plain words. */
function membersOf(shapes: readonly (Shape | 1)[]): string[] {
  const names = new Set(PROPERTY_NAMES);
  // A set is gone through to its end, also to what is added meanwhile.
  const seen = new Set(shapes);
  for (const shape of seen) {
    if (shape === 1) continue;
    for (const [name, entry] of Object.entries(shape)) {
      if (/[^\p{L}\p{N}_]/u.test(name)) names.add(name);
      seen.add(entry);
    }
  }
  return [...names];
}

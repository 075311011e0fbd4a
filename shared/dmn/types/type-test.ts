import {
  entryOf,
  FeelDate,
  type FeelInput,
  type FeelType,
  type FeelValue,
  isContext,
  isInheritedName,
  isList,
  isOfType,
  type Meter,
} from "#feel/index.ts";

import type { ItemType } from "./item-types.ts";

/** Whether a value is of one type, as a function made for that type: inputs are checked at every evaluation. */
export type TypeTest = (value: FeelValue, meter: Meter) => boolean;

/** Whether a value is what an item definition wants, as it stands: of its type, and among its allowed values. */
export function itemTest({ type, constraint }: ItemType): TypeTest {
  const isRight = typeTest(type);
  if (constraint === undefined) return isRight;
  return (value, meter) => value === null || (isRight(value, meter) && constraint(value));
}

function typeTest(type: FeelType): TypeTest {
  switch (type.kind) {
    case "any":
      return () => true;
    case "string":
    case "number":
    case "boolean": {
      const { kind } = type;
      return (value) => value === null || typeof value === kind;
    }
    case "list": {
      const test = typeTest(type.element);
      if (type.element.kind === "any") return (value) => value === null || isList(value);
      return (value, meter) => {
        if (value === null) return true;
        if (!isList(value)) return false;
        // Elements may be shared: a value that is small in memory can have parts without end.
        meter.spend(value.length);
        return value.every((item) => test(item, meter));
      };
    }
    case "context":
      return contextTest(Object.entries(type.entries));
    case "date":
      return (value) => value === null || value instanceof FeelDate;
    default:
      return (value, meter) => isOfType(value, type, meter);
  }
}

function contextTest(entries: readonly (readonly [string, FeelType])[]): TypeTest {
  const parts = entries.map(([name, type]) => ({ read: entryReader(name), test: typeTest(type) }));
  return (value, meter) => {
    if (value === null) return true;
    if (!isContext(value)) return false;
    for (const { read, test } of parts) {
      const entry = read(value);
      if (entry === undefined || !test(entry, meter)) return false;
    }
    return true;
  };
}

/** Reads one entry of contexts: only names that every object inherits need the dearer look at own entries. */
export function entryReader(name: string): (context: FeelInput) => FeelValue | undefined {
  return isInheritedName(name) ? (context) => entryOf(context, name) : (context) => context[name];
}

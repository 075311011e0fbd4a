import { entryNamed } from "../entries.ts";
import type { Frame } from "../frame.ts";
import { same } from "../operations/equality.ts";
import { normalizeName } from "../syntax/names.ts";
import { ANY, BOOLEAN, CONTEXT, contextOf, listOf, STRING } from "../types.ts";
import {
  entryOf,
  type FeelContext,
  type FeelList,
  type FeelValue,
  isContext,
  newContext,
} from "../values.ts";
import { type BuiltinFunction, builtin, overload } from "./signature.ts";

/** Functions of contexts (DMN 1.5, 10.3.4.8 and 10.3.4.9). */
export function contextFunctions(): BuiltinFunction[] {
  return [
    builtin(
      "get value",
      ANY,
      overload(["m:context", "key:string"], (frame, context, key) => {
        const value = entryNamed(context, normalizeName(key), frame) ?? entryOf(context, key);
        return value === undefined ? frame.warn("unknown-entry", `no entry \`${key}\``) : value;
      }),
      overload(["m:context", "keys:list"], (frame, context, keys) => {
        const value = valueAt(context, keys);
        return value === undefined ? frame.warn("unknown-entry", "no such path") : value;
      }),
    ),
    builtin(
      "get entries",
      listOf(contextOf({ key: STRING, value: ANY })),
      overload(["m:context"], (_, context) =>
        Object.keys(context).map((key) => {
          const entry = newContext();
          entry.key = key;
          entry.value = entryOf(context, key) ?? null;
          return entry;
        }),
      ),
    ),
    builtin(
      "context",
      CONTEXT,
      overload(["entries:list"], (_, entries) => contextFrom(entries)),
    ),
    builtin(
      "context put",
      CONTEXT,
      overload(["context:context", "key:string", "value:any"], (frame, context, key, value) =>
        put(context, [key], value, frame),
      ),
      overload(["context:context", "keys:list", "value:any"], (frame, context, keys, value) =>
        put(context, keys, value, frame),
      ),
    ),
    builtin(
      "context merge",
      CONTEXT,
      overload(["contexts:list"], (frame, contexts) => {
        const merged = newContext();
        for (const context of contexts) {
          if (!isContext(context)) return undefined;
          copy(context, merged, frame);
        }
        return merged;
      }),
    ),
    builtin(
      "is",
      BOOLEAN,
      overload(["value1?:any", "value2?:any"], (frame, left, right) =>
        same(left ?? null, right ?? null, frame),
      ),
    ),
  ];
}

function valueAt(context: FeelContext, keys: FeelList): FeelValue | undefined {
  let value: FeelValue | undefined = context;
  for (const key of keys) {
    if (typeof key !== "string" || !isContext(value)) return undefined;
    value = entryOf(value, key);
  }
  return keys.length === 0 ? undefined : value;
}

/** Copying an entry of a large context takes as long as visiting several elements of a list. */
const ENTRY_STEPS = 4;

function copy(from: FeelContext, to: Record<string, FeelValue>, frame: Frame): void {
  const keys = Object.keys(from);
  frame.spend(keys.length * ENTRY_STEPS);
  for (const key of keys) to[key] = entryOf(from, key) ?? null;
}

/** From entries with `key` and `value`; undefined if one lacks them or a key is there twice. */
function contextFrom(entries: FeelList): FeelContext | undefined {
  const context = newContext();
  for (const entry of entries) {
    if (!isContext(entry)) return undefined;
    const key = entryOf(entry, "key");
    const value = entryOf(entry, "value");
    if (typeof key !== "string" || value === undefined || Object.hasOwn(context, key)) return undefined;
    context[key] = value;
  }
  return context;
}

/** A copy with the entry at that path set; undefined if the path is empty or leads through something else. */
function put(context: FeelContext, keys: FeelList, value: FeelValue, frame: Frame): FeelContext | undefined {
  const [key, ...rest] = keys;
  if (typeof key !== "string") return undefined;
  const result = newContext();
  copy(context, result, frame);
  if (rest.length === 0) {
    result[key] = value;
    return result;
  }
  const inner = entryOf(context, key);
  const changed = isContext(inner) ? put(inner, rest, value, frame) : undefined;
  if (changed === undefined) return undefined;
  result[key] = changed;
  return result;
}

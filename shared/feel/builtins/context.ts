import { same } from "../operations/equality.ts";
import type { Caller } from "../run/caller.ts";
import { entryNamed, normalizeName } from "../values/names.ts";
import { ANY, BOOLEAN, CONTEXT, contextOf, listOf, STRING } from "../values/types.ts";
import {
  entryOf,
  type FeelContext,
  type FeelList,
  type FeelValue,
  isContext,
  newContext,
} from "../values/values.ts";
import { type BuiltinFunction, builtin, overloaded } from "./builtin-function.ts";
import { overload } from "./signature.ts";

/** Functions of contexts (DMN 1.5, 10.3.4.8 and 10.3.4.9). */
export function contextFunctions(): BuiltinFunction[] {
  return [
    overloaded(
      "get value",
      ANY,
      overload(["m:context", "key:string"], (caller, context, key) => {
        const value = entryNamed(context, normalizeName(key), caller) ?? entryOf(context, key);
        return value === undefined ? caller.warn("unknown-entry", `no entry \`${key}\``) : value;
      }),
      overload(["m:context", "keys:list"], (caller, context, keys) => {
        const value = valueAt(context, keys);
        return value === undefined ? caller.warn("unknown-entry", "no such path") : value;
      }),
    ),
    builtin("get entries", listOf(contextOf({ key: STRING, value: ANY })), ["m:context"], (_, context) =>
      Object.keys(context).map((key) => {
        const entry = newContext();
        entry.key = key;
        entry.value = entryOf(context, key) ?? null;
        return entry;
      }),
    ),
    builtin("context", CONTEXT, ["entries:list"], (_, entries) => contextFrom(entries)),
    overloaded(
      "context put",
      CONTEXT,
      overload(["context:context", "key:string", "value:any"], (caller, context, key, value) =>
        put(context, [key], value, caller),
      ),
      overload(["context:context", "keys:list", "value:any"], (caller, context, keys, value) =>
        put(context, keys, value, caller),
      ),
    ),
    builtin("context merge", CONTEXT, ["contexts:list"], (caller, contexts) => {
      const merged = newContext();
      for (const context of contexts) {
        if (!isContext(context)) return undefined;
        copy(context, merged, caller);
      }
      return merged;
    }),
    builtin("is", BOOLEAN, ["value1?:any", "value2?:any"], (caller, left, right) =>
      same(left ?? null, right ?? null, caller),
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

function copy(from: FeelContext, to: Record<string, FeelValue>, caller: Caller): void {
  const keys = Object.keys(from);
  caller.spend(keys.length * ENTRY_STEPS);
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
function put(
  context: FeelContext,
  keys: FeelList,
  value: FeelValue,
  caller: Caller,
): FeelContext | undefined {
  const [key, ...rest] = keys;
  if (typeof key !== "string") return undefined;
  const result = newContext();
  copy(context, result, caller);
  if (rest.length === 0) {
    result[key] = value;
    return result;
  }
  const inner = entryOf(context, key);
  const changed = isContext(inner) ? put(inner, rest, value, caller) : undefined;
  if (changed === undefined) return undefined;
  result[key] = changed;
  return result;
}

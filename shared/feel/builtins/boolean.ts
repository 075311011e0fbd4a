import { BOOLEAN } from "../types.ts";
import type { FeelList } from "../values.ts";
import { type BuiltinFunction, builtin, overload } from "./signature.ts";

/** `not` (DMN 1.5, 10.3.4.2), and the list functions that take booleans together (10.3.4.4). */
export function booleanFunctions(): BuiltinFunction[] {
  return [
    builtin(
      "not",
      BOOLEAN,
      overload(["negand:truth"], (frame, value) => {
        if (typeof value === "boolean") return !value;
        return value === null ? null : frame.warn("type-mismatch", "`not` negates booleans");
      }),
    ),
    builtin("all", BOOLEAN, ...together(false)),
    builtin("any", BOOLEAN, ...together(true)),
  ];
}

/** `all` and `any` in three values; an element that is no boolean makes the whole null. */
function together(decisive: boolean) {
  const decide = (list: FeelList): boolean | null | undefined => {
    if (!list.every((item) => item === null || typeof item === "boolean")) return undefined;
    if (list.includes(decisive)) return decisive;
    return list.includes(null) ? null : !decisive;
  };
  return [
    overload(["list:list"], (_, list) => decide(list)),
    overload(["...list:any"], (_, ...items) => (items.length > 1 ? decide(items) : undefined)),
  ];
}

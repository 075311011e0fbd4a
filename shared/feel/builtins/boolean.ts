import { BOOLEAN } from "../values/types.ts";
import { type FeelList, isList } from "../values/values.ts";
import { type BuiltinFunction, builtin, overloaded } from "./builtin-function.ts";
import { overload } from "./signature.ts";

/** `not` (DMN 1.5, 10.3.4.2), and the list functions that take booleans together (10.3.4.4). */
export function booleanFunctions(): BuiltinFunction[] {
  return [
    builtin("not", BOOLEAN, ["negand:truth"], (caller, value) => {
      const only = isList(value) && value.length === 1 ? value[0] : value;
      if (typeof only === "boolean") return !only;
      return only === null ? null : caller.warn("type-mismatch", "`not` negates booleans");
    }),
    overloaded("all", BOOLEAN, ...together(false)),
    overloaded("any", BOOLEAN, ...together(true)),
  ];
}

/** `all` and `any` in three values: unless one element decides, one that is no boolean makes the whole null. */
function together(decisive: boolean) {
  const decide = (list: FeelList): boolean | null | undefined => {
    if (list.includes(decisive)) return decisive;
    if (!list.every((item) => item === null || typeof item === "boolean")) return undefined;
    return list.includes(null) ? null : !decisive;
  };
  return [
    overload(["list:list"], (_, list) => decide(list)),
    overload(["...list:any"], (_, ...items) => (items.length > 1 ? decide(items) : undefined)),
  ];
}

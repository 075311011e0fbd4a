/** JSON as it arrives: what traits and properties hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `Array.isArray` does not see that a readonly list is one. */
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The value at a dotted path (`context.device.token`); undefined where there is none. Own members only. */
export const valueAt = (root: unknown, path: string): Json | undefined => {
  let value: unknown = root;
  for (const name of path.split(".")) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return isJson(value) ? value : undefined;
};

/** What came out of JSON is JSON all the way down: the outermost value tells. */
const isJson = (value: unknown): value is Json =>
  value === null || ["string", "number", "boolean", "object"].includes(typeof value);

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };
/** Drops absent members: the document is stored as JSON, where `undefined` does not exist. */
export const withoutAbsent = <T extends object>(value: T): Present<T> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Present<T>;

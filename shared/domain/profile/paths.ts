import type { Json, JsonObject } from "./types.ts";

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

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

export { isObject };

import { RapportError } from "#kernel/errors.ts";
import { isObject } from "#kernel/json.ts";
import type { RenderInput } from "./rendering.ts";

/**
 * The texts under `data`, each by its name, rendered; what is no text as JSON.
 * @throws RapportError `template_failed` where they are no names with values
 */
export const renderNamed = (
  data: unknown,
  renderText: RenderInput["renderText"],
): Readonly<Record<string, string>> => {
  if (data === undefined || data === null) return {};
  if (!isObject(data)) throw new RapportError("template_failed", "data: expected names with values");
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      renderText(name, typeof value === "string" ? value : JSON.stringify(value), "text"),
    ]),
  );
};

import { isObject, type Json, type JsonObject } from "#kernel/json.ts";
import { renderLiquid, type Setting } from "#template/liquid/template.ts";
import type { Brand } from "../../playbook/model/document.ts";
import type { RenderScope } from "./render.ts";

/**
 * Content of a slot that somebody else shows: a page, an app, an agent's screen. Every text in it is Liquid, however
 * deep. Texts come as plain text, which whoever shows them escapes; what is called `html` is escaped here.
 * @throws RapportError `template_failed`, naming the member
 */
export function renderSlot(options: {
  readonly content: JsonObject;
  readonly brand: Brand;
  readonly scope: RenderScope;
  readonly setting: Setting;
}): JsonObject {
  const { brand, setting } = options;
  const scope = { ...options.scope, brand: { ...brand.extra, ...brand } };
  const renderValue = (name: string, value: Json): Json => {
    if (typeof value === "string") {
      const mode = name === "html" ? "html" : "text";
      return renderLiquid({ name, source: value, mode }, scope, setting);
    }
    if (Array.isArray(value)) return value.map((member) => renderValue(name, member));
    return isObject(value) ? renderObject(value) : value;
  };
  const renderObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([name, value]) => [name, renderValue(name, value)]));
  return renderObject(options.content);
}

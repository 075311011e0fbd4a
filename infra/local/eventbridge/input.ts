import { isObject, type Json, type JsonObject } from "#kernel/json.ts";
import { objectAt, parseJson, textAt } from "../aws/json.ts";

/** What a rule sends to its target: the event as it is, a part of it, a constant, or a template filled from it. */
export type TargetInput = (event: JsonObject) => string;

/** @param target the target of `AWS::Events::Rule` */
export function compileInput(target: JsonObject): TargetInput {
  const constant = textAt(target, "Input");
  if (constant !== undefined) return () => constant;
  const path = textAt(target, "InputPath");
  if (path !== undefined) return (event) => JSON.stringify(valueAt(event, path) ?? null);
  const transformer = target.InputTransformer;
  if (isObject(transformer)) return compileTransformer(transformer);
  return (event) => JSON.stringify(event);
}

/** Simple transformers: each `<name>` of the template is replaced by the value at its path. */
function compileTransformer(transformer: JsonObject): TargetInput {
  const paths = Object.entries(objectAt(transformer, "InputPathsMap"));
  const template = textAt(transformer, "InputTemplate") ?? "";
  const isText = !/^\s*[{[]/.test(template);
  return (event) => {
    const values = new Map(paths.map(([name, path]) => [name, valueAt(event, String(path))]));
    const filled = template.replace(
      /("?)<([A-Za-z0-9_.-]+)>("?)/g,
      (_all, open: string, name: string, close: string) => {
        const value = name === "aws.events.event" ? event : values.get(name);
        if (open !== "" && close !== "") return JSON.stringify(asPlainText(value));
        return isText
          ? open + asPlainText(value) + close
          : open + (open === "" ? JSON.stringify(value ?? "") : escaped(value)) + close;
      },
    );
    return isText ? unquoted(filled) : filled;
  };
}

/** A template that is one JSON string sends the text within. */
function unquoted(text: string): string {
  if (!/^\s*".*"\s*$/s.test(text)) return text;
  try {
    return String(parseJson(text));
  } catch {
    return text;
  }
}

const asPlainText = (value: Json | undefined): string =>
  typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);

const escaped = (value: Json | undefined): string => JSON.stringify(asPlainText(value)).slice(1, -1);

/** The value at a plain JSON path, `$.detail.items[0].id`. */
function valueAt(event: JsonObject, path: string): Json | undefined {
  const steps = path
    .replace(/^\$\.?/, "")
    .split(/\.|\[(\d+)\]/)
    .filter((step) => step !== undefined && step !== "");
  return steps.reduce<Json | undefined>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return isObject(value) ? value[step] : undefined;
  }, event);
}

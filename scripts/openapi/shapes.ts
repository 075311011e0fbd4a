import * as z from "zod/mini";
import { jsonShapes } from "#runtime/http/shapes.ts";
import type { Schemas } from "./functions.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Makes JSON Schemas that refer to named shapes, and keeps those that were referred to. */
export interface Shapes {
  readonly of: (schema: z.core.$ZodType, io: "input" | "output") => JsonSchema;
  /** By name, in the order of the alphabet. */
  readonly components: () => Readonly<Record<string, JsonSchema>>;
}

/** @param named shapes that get a name of their own in the document. Throws when one name stands for two shapes. */
export const shapesFor = (named: readonly Schemas[]): Shapes => {
  const metadata = namesOf(named);
  const found = new Map<string, JsonSchema>();

  const keep = (name: string, schema: JsonSchema): void => {
    const before = found.get(name);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(schema))
      throw new Error(`${name} is not the same when it is sent and when it is answered`);
    found.set(name, schema);
  };

  return {
    of: (schema, io) => {
      const override = ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: object }) =>
        simplify(zodSchema, jsonSchema as Record<string, unknown>);
      const made = z.toJSONSchema(schema, { io, metadata, unrepresentable: "any", override });
      const { $schema: _, $defs = {}, ...rest } = withRefs(made);
      // Others are parts of shapes that are shown otherwise.
      const defined = Object.entries($defs).filter(([name]) => !name.startsWith("__"));
      for (const [name, one] of defined) keep(name, one);
      return rest;
    },
    components: () => Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
};

const namesOf = (named: readonly Schemas[]) => {
  const metadata = z.registry<{ readonly id: string }>();
  const names = new Map<string, z.core.$ZodType>();
  for (const [name, schema] of named.flatMap((schemas) => [...schemas])) {
    const other = names.get(name);
    if (other === schema) continue;
    if (other !== undefined) throw new Error(`two schemas are called ${name}`);
    names.set(name, schema);
    metadata.add(schema, { id: name });
  }
  return metadata;
};

/** Within one schema zod refers to `#/$defs`; in the document all schemas share one place. */
const withRefs = (schema: object): JsonSchema & { readonly $defs?: Readonly<Record<string, JsonSchema>> } =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));

/** Answers may get more members one day, and every key of an object is text. */
const simplify = (schema: z.core.$ZodType, json: Record<string, unknown>): void => {
  const { def } = schema._zod;
  const shown = jsonShapes.get(schema);
  if (shown !== undefined) {
    for (const name of Object.keys(json)) delete json[name];
    Object.assign(json, shown);
  }
  if (def.type === "object" && !("catchall" in def && def.catchall !== undefined))
    delete json.additionalProperties;
  if (JSON.stringify(json.propertyNames) === '{"type":"string"}') delete json.propertyNames;
};

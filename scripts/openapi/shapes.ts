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

/** Within one schema zod refers to `#/$defs`; in the document all schemas share one place. */
const withRefs = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));

/** @param named shapes that get a name of their own in the document. Throws when one name stands for two shapes. */
export const shapesFor = (named: readonly Schemas[]): Shapes => {
  const registry = z.registry<JsonSchema>();
  const names = new Map<string, z.core.$ZodType>();
  for (const [name, schema] of named.flatMap((schemas) => [...schemas])) {
    const other = names.get(name);
    if (other === schema) continue;
    if (other !== undefined) throw new Error(`two schemas are called ${name}`);
    names.set(name, schema);
    registry.add(schema, { id: name });
  }
  const metadata = {
    get: (schema: z.core.$ZodType) => ({ ...jsonShapes.get(schema), ...registry.get(schema) }),
  };
  const found = new Map<string, JsonSchema>();

  const keep = (name: string, schema: JsonSchema): void => {
    const before = found.get(name);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(schema))
      throw new Error(`${name} is not the same when it is sent and when it is answered`);
    found.set(name, schema);
  };

  return {
    of: (schema, io) => {
      const made = z.toJSONSchema(schema, {
        io,
        metadata: metadata as unknown as typeof registry,
        unrepresentable: "any",
        override: ({ zodSchema, jsonSchema }) => simplify(zodSchema, jsonSchema),
      });
      const {
        $schema: _,
        $defs = {},
        ...rest
      } = withRefs(made) as JsonSchema & {
        readonly $defs?: Readonly<Record<string, JsonSchema>>;
      };
      for (const [name, one] of Object.entries($defs)) keep(name, one);
      return rest;
    },
    components: () => Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
};

/** Answers may get more members one day, and every key of an object is text. */
const simplify = ({ _zod: { def } }: z.core.$ZodType, json: Record<string, unknown>): void => {
  if (def.type === "object" && !("catchall" in def && def.catchall !== undefined))
    delete json.additionalProperties;
  if (JSON.stringify(json.propertyNames) === '{"type":"string"}') delete json.propertyNames;
};

import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as z from "zod/mini";
import { discoverFunctions } from "#infra/functions.ts";
import type { Described } from "#runtime/http/described.ts";
import type { Operations } from "#runtime/http/operation.ts";
import * as shapes from "#runtime/http/shapes.ts";

/** A function that is called over HTTP. */
export interface HttpFunction {
  /** `send/api`. */
  readonly name: string;
  readonly operations: Operations;
  /** Absent where all it has is `$default`. */
  readonly described: Described<Operations> | undefined;
  /** Schemas by the names they are exported with. */
  readonly schemas: Schemas;
}
export type Schemas = ReadonlyMap<string, z.core.$ZodType>;

type Module = Readonly<Record<string, unknown>>;

const ROOT = join(import.meta.dirname, "../..");

/** What a module exports under a name that begins like a type's is a shape that clients may know by this name. */
const schemasIn = (module: Module): Schemas =>
  new Map(
    Object.entries(module).filter(
      (entry): entry is [string, z.core.$ZodType] =>
        /^[A-Z]/.test(entry[0]) && typeof entry[1] === "object" && entry[1] !== null && "_zod" in entry[1],
    ),
  );

/** Shapes that several functions share. */
export const sharedSchemas: Schemas = schemasIn(shapes);

/** Every function with an `operations.ts`, and the `document.ts` beside it. */
export const httpFunctions = async (root = ROOT): Promise<readonly HttpFunction[]> => {
  const folders = (await discoverFunctions(root)).filter(({ path }) =>
    existsSync(join(path, "operations.ts")),
  );
  return Promise.all(
    folders.map(async ({ group, name, path }) => {
      const load = (file: string): Promise<Module> => import(pathToFileURL(join(path, file)).href);
      const module = await load("operations.ts");
      const document = existsSync(join(path, "document.ts")) ? await load("document.ts") : undefined;
      return {
        name: `${group}/${name}`,
        operations: module.operations as Operations,
        described: document?.described as Described<Operations> | undefined,
        schemas: schemasIn(module),
      };
    }),
  );
};

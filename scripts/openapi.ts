import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Operation } from "#runtime/http/operation.ts";
import { openapiDocument } from "./openapi/document.ts";

/** `npm run openapi`: writes the API's document from the schemas of all functions. A test says when it is stale. */
const root = join(import.meta.dirname, "..");
const target = join(root, "functions/api/openapi/document.json");

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(path, entry.name))
    .sort();

/** Every `operations` that a function's `schema.ts` exports. */
export const allOperations = async (): Promise<Operation[]> => {
  const schemas = folders(join(root, "functions"))
    .flatMap(folders)
    .map((folder) => join(folder, "schema.ts"))
    .filter((path) => existsSync(path));
  const modules: { operations?: readonly Operation[] }[] = await Promise.all(
    schemas.map((path) => import(pathToFileURL(path).href)),
  );
  return modules.flatMap((module) => module.operations ?? []);
};

export const documentText = async (): Promise<string> =>
  `${JSON.stringify(openapiDocument(await allOperations()), null, 2)}\n`;

if (import.meta.main) {
  writeFileSync(target, await documentText());
  console.log("functions/api/openapi/document.json is written");
}

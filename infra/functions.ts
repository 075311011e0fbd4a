import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FunctionDefinition, FunctionFolder } from "./constructs/definition.ts";

const foldersIn = async (path: string): Promise<string[]> => {
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(path, entry.name))
    .sort();
};

/** Every `functions/<group>/<name>/` with a `stack.ts`: the tree is the list. */
export const discoverFunctions = async (root: string): Promise<FunctionFolder[]> => {
  const groups = await foldersIn(join(root, "functions"));
  const folders = (await Promise.all(groups.map(foldersIn))).flat();
  return folders.filter((path) => existsSync(join(path, "stack.ts"))).map(folderAt);
};

const folderAt = (path: string): FunctionFolder => {
  const group = basename(dirname(path));
  const name = basename(path);
  return { group, name, id: `${group}-${name}`, path };
};

/** The function's definition, the default export of its `stack.ts`. Throws when there is none. */
export const loadDefinition = async (folder: FunctionFolder): Promise<FunctionDefinition> => {
  const path = join(folder.path, "stack.ts");
  const module: { default?: FunctionDefinition } = await import(/* @vite-ignore */ pathToFileURL(path).href);
  if (!module.default) throw new Error(`${path} exports no definition as its default`);
  return module.default;
};

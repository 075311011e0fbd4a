import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json, JsonObject } from "#kernel/json.ts";
import { asObject, listAt, objectAt, parseJson, textAt } from "../aws/json.ts";

/** One stack of a synthesized CDK app. */
export type AssemblyStack = {
  readonly id: string;
  readonly stackName: string;
  readonly template: JsonObject;
  /** Ids of the stacks that must exist before this one. */
  readonly dependencies: readonly string[];
  /** Asset hash -> folder or file, unpacked. */
  readonly assets: ReadonlyMap<string, string>;
  /** Where it was read from. */
  readonly directory: string;
};

/**
 * Reads `cdk.out`: the manifest, the template of every stack and where its assets lie, in the order of deployment.
 * Assemblies nested by `Stage` are read too.
 */
export function readAssembly(directory: string): readonly AssemblyStack[] {
  return inOrder(readStacks(directory));
}

function readStacks(directory: string): readonly AssemblyStack[] {
  const manifest = readJson(join(directory, "manifest.json"));
  const artifacts = Object.entries(objectAt(manifest, "artifacts"));
  return artifacts.flatMap(([id, value]) => {
    const artifact = asObject(value) ?? {};
    const properties = objectAt(artifact, "properties");
    if (artifact.type === "cdk:cloud-assembly")
      return readStacks(join(directory, textAt(properties, "directoryName") ?? ""));
    if (artifact.type !== "aws:cloudformation:stack") return [];
    return [readStack(directory, id, artifact, properties)];
  });
}

function readStack(
  directory: string,
  id: string,
  artifact: JsonObject,
  properties: JsonObject,
): AssemblyStack {
  const dependencies = listAt(artifact, "dependencies").filter((one) => typeof one === "string");
  return {
    id,
    stackName: textAt(properties, "stackName") ?? id,
    template: readJson(join(directory, textAt(properties, "templateFile") ?? `${id}.template.json`)),
    dependencies,
    assets: readAssets(directory, join(directory, `${id}.assets.json`)),
    directory,
  };
}

function readAssets(directory: string, file: string): ReadonlyMap<string, string> {
  const assets = new Map<string, string>();
  if (!existsSync(file)) return assets;
  for (const [hash, asset] of Object.entries(objectAt(readJson(file), "files"))) {
    const path = textAt(objectAt(asObject(asset) ?? {}, "source"), "path");
    if (path !== undefined) assets.set(hash, join(directory, path));
  }
  return assets;
}

function readJson(file: string): JsonObject {
  const value: Json = parseJson(readFileSync(file, "utf8"));
  const object = asObject(value);
  if (object === null) throw new Error(`${file} does not hold a JSON object`);
  return object;
}

/** Dependencies first; stacks that depend on each other cannot be deployed anywhere, so they stop the start. */
function inOrder(stacks: readonly AssemblyStack[]): readonly AssemblyStack[] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const done = new Set<string>();
  const ordered: AssemblyStack[] = [];
  const visit = (stack: AssemblyStack, path: readonly string[]): void => {
    if (done.has(stack.id)) return;
    if (path.includes(stack.id))
      throw new Error(`stacks depend on each other: ${[...path, stack.id].join(" -> ")}`);
    for (const id of stack.dependencies) {
      const needed = byId.get(id);
      if (needed !== undefined) visit(needed, [...path, stack.id]);
    }
    done.add(stack.id);
    ordered.push(stack);
  };
  for (const stack of stacks) visit(stack, []);
  return ordered;
}

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "aws-cdk-lib/core";
import { afterAll } from "vitest";
import { z } from "zod";
import { buildApplication } from "#infra/application.ts";
import type { Acknowledgement, FunctionFolder } from "#infra/constructs/definition.ts";
import { discoverFunctions } from "#infra/functions.ts";
import { CARRIED } from "../support/hub/assembly.ts";
import { PROJECT_ROOT } from "../support/project/root.ts";

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).optional(),
  DeletionPolicy: z.string().optional(),
  DependsOn: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
});
const template = z.object({
  Parameters: z
    .record(z.string(), z.object({ Type: z.string(), Default: z.string().optional() }))
    .default({}),
  Resources: z.record(z.string(), resource),
});
export type Resource = z.infer<typeof resource>;
export type Template = z.infer<typeof template>;

/** Templates by what follows `rapport-<stage>-` in the stack's name. */
export type Templates = ReadonlyMap<string, Template>;

const made: string[] = [];
afterAll(() => Promise.all(made.splice(0).map((path) => rm(path, { recursive: true }))));

/** The app with the stacks of every function there is, its code replaced by a stand-in: what is tested is the templates. */
export const appUnderTest = async (
  context: Readonly<Record<string, unknown>> = {},
  acknowledged?: readonly Acknowledgement[],
  around: { readonly region?: string | undefined; readonly tell?: (sentence: string) => void } = {},
): Promise<App> => {
  const directory = await mkdtemp(join(tmpdir(), "rapport-assembly-"));
  made.push(directory);
  const code = join(directory, "code");
  await mkdir(code);
  await writeFile(join(code, "index.mjs"), "export const handler = async () => {};\n");
  return buildApplication({
    functions: await discoverFunctions(PROJECT_ROOT),
    codePath: () => code,
    context: { "rapport:channels": CARRIED, ...context },
    ...(acknowledged ? { acknowledged } : {}),
    ...(around.region === undefined ? {} : { region: around.region }),
    ...(around.tell === undefined ? {} : { tell: around.tell }),
    outdir: join(directory, "assembly"),
  });
};

export const templatesOf = (app: App): Templates =>
  new Map(
    app
      .synth()
      .stacks.map((stack) => [
        stack.stackName.replace(/^rapport-[a-z0-9]+-/, ""),
        template.parse(stack.template),
      ]),
  );

export const functionsUnderTest = (): Promise<readonly FunctionFolder[]> => discoverFunctions(PROJECT_ROOT);

export const resourcesOfType = (from: Template, type: string): readonly [string, Resource][] =>
  Object.entries(from.Resources).filter(([, { Type }]) => Type === type);

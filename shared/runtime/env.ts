import { ENV } from "./names.ts";

export type EnvName = keyof typeof ENV;

/** The function that runs, `collect/http`, as its log lines, metrics and dead letters name it. */
export const service = process.env[ENV.functionName] ?? "rapport";

/** The deployment stage it runs in. */
export const stage = process.env[ENV.stage] ?? "test";

/** The value of an environment variable, read once, at init; a missing one stops the function with its name. */
export const readVariable = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`environment variable ${name} is not set`);
  return value;
};

/** The variables of our own names, by the names that code calls them by. */
export const readEnv = <const Names extends readonly EnvName[]>(
  ...names: Names
): { readonly [Name in Names[number]]: string } => {
  const found = names.map((name) => [name, readVariable(ENV[name])] as const);
  return Object.fromEntries(found) as { readonly [Name in Names[number]]: string };
};

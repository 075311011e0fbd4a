import { ENV } from "./names.ts";

export type EnvName = keyof typeof ENV;

/** The function that runs, `collect/http`, as its log lines, metrics and dead letters name it. */
export const service = process.env[ENV.functionName] ?? "rapport";

/** Reads environment variables once, at init; a missing one stops the function with its name. */
export const readEnv = <const Names extends readonly EnvName[]>(
  ...names: Names
): { readonly [Name in Names[number]]: string } => {
  const found = names.map((name) => {
    const value = process.env[ENV[name]];
    if (value === undefined || value === "") throw new Error(`environment variable ${ENV[name]} is not set`);
    return [name, value] as const;
  });
  return Object.fromEntries(found) as { readonly [Name in Names[number]]: string };
};

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { z } from "zod";
import { checkAccess } from "#cli/aws-access.ts";
import { CDK } from "#cli/prove/cdk.ts";
import { stackName } from "#infra/constructs/names.ts";
import { discoverFunctions } from "#infra/functions.ts";

const CORE = ["data", "bus", "api", "observe"];

interface Known {
  /** Stage from cdk.json; `-c rapport:stage=...` among the arguments wins. */
  readonly stage: string;
  /** `collect/http`, ... */
  readonly functions: readonly string[];
}

/**
 * Turns `collect/http --require-approval never` into arguments of `cdk`. Named functions and core stacks are deployed alone,
 * without the stacks they depend on; without a name everything is deployed; options are passed on. Throws on an unknown
 * name, and lists those there are.
 */
export const deployArguments = (given: readonly string[], known: Known): readonly string[] => {
  const stage = stageIn(given) ?? known.stage;
  const isName = (text: string, index: number): boolean =>
    known.functions.includes(text) || (!text.startsWith("-") && !isValueOf(given[index - 1]));
  const names = given.filter(isName);
  const options = given.filter((text, index) => !isName(text, index));
  for (const name of names) {
    if (known.functions.includes(name) || CORE.includes(name)) continue;
    throw new Error(`no function ${name}. There are: ${[...CORE, ...known.functions].join(", ")}`);
  }
  if (names.length === 0) return ["deploy", "--all", ...options];
  const stacks = names.map((name) => stackName(stage, name.replace("/", "-")));
  return ["deploy", ...stacks, "--exclusively", ...options];
};

/** The stage among the arguments, `-c rapport:stage=test`. */
const stageIn = (given: readonly string[]): string | undefined =>
  given.map((text) => /^rapport:stage=(.+)$/.exec(text)?.[1]).find(Boolean);

/** What follows an option without `=` may be its value; a function's name never is one. */
const isValueOf = (before: string | undefined): boolean =>
  before?.startsWith("-") === true && !before.includes("=");

/** The profile that is handed on to `cdk`. */
export const profileIn = (given: readonly string[]): string | undefined => {
  const at = given.indexOf("--profile");
  return at >= 0
    ? given[at + 1]
    : given.find((text) => text.startsWith("--profile="))?.slice("--profile=".length);
};

/**
 * One question for a whole stage: `cdk` asks again for each stack that gets rights, some twenty times. Undefined where
 * nothing is left to ask: the caller said how to approve, or named single functions.
 */
export const approvalQuestion = (args: readonly string[], stage: string): string | undefined => {
  const isSaid = args.some((text) => /^--require-approval(=|$)/.test(text));
  if (isSaid || !args.includes("--all")) return undefined;
  return `This makes all stacks of the stage "${stage}", and in each a role with the rights of its function. They are listed in
test/infra/iam-table.ts; \`npx cdk diff --security-only\` shows what would change. Deploy? [y/N] `;
};

const approved = async (question: string): Promise<boolean> => {
  if (!process.stdin.isTTY)
    throw new Error("nobody is there to approve: add --require-approval never, or any-change");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
};

const deploy = async (root: string): Promise<number> => {
  const { context } = z
    .object({ context: z.object({ "rapport:stage": z.string() }) })
    .parse(JSON.parse(readFileSync(join(root, "cdk.json"), "utf8")));
  const functions = (await discoverFunctions(root)).map(({ group, name }) => `${group}/${name}`);
  const args = [...deployArguments(process.argv.slice(2), { stage: context["rapport:stage"], functions })];
  // The CDK would bundle and synthesize for a minute first, and then not say what to do.
  await checkAccess(profileIn(args));
  const question = approvalQuestion(args, stageIn(args) ?? context["rapport:stage"]);
  if (question !== undefined) {
    if (!(await approved(question))) return 1;
    args.push("--require-approval", "never");
  }
  return spawnSync(process.execPath, [CDK, ...args], { cwd: root, stdio: "inherit" }).status ?? 1;
};

/** `npm run deploy -- collect/http`: one function. `npm run deploy`: everything. Options go to `cdk deploy`. */
if (import.meta.main) {
  process.exitCode = await deploy(join(import.meta.dirname, "..")).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  });
}

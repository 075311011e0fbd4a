import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type CompiledModel, compileModel, DmnError, readDmn } from "#dmn/index.ts";
import { FeelLimitError, type FeelValue, formatValue, isContext, newContext } from "#feel/index.ts";
import { type ResultNode, readTestFile, type TestCase } from "./read-cases.ts";
import { feelValue, sameValue } from "./values.ts";

export type Level = "compliance-level-2" | "compliance-level-3" | "non-compliant";
export const LEVELS: readonly Level[] = ["compliance-level-2", "compliance-level-3", "non-compliant"];

/** The outcome of one test case: it passes only if all its result nodes do. */
export interface CaseResult {
  readonly level: Level;
  readonly suite: string;
  readonly file: string;
  readonly id: string;
  readonly passed: boolean;
  /** Why it failed: one line a failing result node. */
  readonly problems: readonly string[];
}

/** Runs every case of the wanted suites in the kit, in one of its levels, or in a single suite of it. */
export function runKit(folder: string, wanted: (suite: string) => boolean = () => true): CaseResult[] {
  return suitesIn(folder).flatMap(({ level, path }) => (wanted(basename(path)) ? runSuite(level, path) : []));
}

interface Suite {
  readonly level: Level;
  readonly path: string;
}

function suitesIn(folder: string): Suite[] {
  const level = levelOf(folder);
  if (level !== undefined) return suitesOf(level, folder);
  if (existsSync(folder) && readdirSync(folder).some((file) => file.endsWith(".dmn"))) {
    return [{ level: levelOf(dirname(folder)) ?? "non-compliant", path: folder }];
  }
  const kit = join(folder, "TestCases");
  const home = existsSync(kit) ? kit : folder;
  return LEVELS.flatMap((each) => suitesOf(each, join(home, each)));
}

const levelOf = (folder: string): Level | undefined => LEVELS.find((level) => level === basename(folder));

function suitesOf(level: Level, folder: string): Suite[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.map(({ name }) => ({ level, path: join(folder, name) })).sort(byPath);
}

const byPath = (left: Suite, right: Suite): number => (left.path < right.path ? -1 : 1);

function runSuite(level: Level, folder: string): CaseResult[] {
  const files = readdirSync(folder).sort();
  const models = files.filter((file) => file.endsWith(".dmn"));
  const compiled = new Map<string, SuiteModel>();
  return files
    .filter((file) => file.endsWith(".xml"))
    .flatMap((file) => {
      const { modelName, cases } = readTestFile(readFileSync(join(folder, file), "utf8"), file);
      const main = models.includes(modelName) ? modelName : (models[0] ?? modelName);
      const model = compiled.get(main) ?? compileSuite(folder, main, models);
      compiled.set(main, model);
      return cases.map((test) => {
        const problems = test.results.flatMap((result) => runResult(model, test, result));
        return { level, suite: basename(folder), file, id: test.id, passed: problems.length === 0, problems };
      });
    });
}

interface SuiteModel extends CompiledModel {
  /** The services with more than one output decision. */
  readonly wideServices: ReadonlySet<string>;
}

/** The main model with all others of its folder, among which its imports are found. */
function compileSuite(folder: string, main: string, models: readonly string[]): SuiteModel {
  const ordered = [main, ...models.filter((model) => model !== main)];
  const files = ordered.map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
  return { ...compileModel(files), wideServices: wideServicesOf(files[0]?.text ?? "") };
}

function wideServicesOf(text: string): ReadonlySet<string> {
  try {
    const services = readDmn(text).drgElements.filter((element) => element.kind === "decisionService");
    return new Set(services.filter((each) => each.outputDecisions.length > 1).map(({ name }) => name));
  } catch (error) {
    if (error instanceof DmnError) return new Set();
    throw error;
  }
}

function runResult(model: SuiteModel, test: TestCase, result: ResultNode): string[] {
  const warnings: string[] = [];
  try {
    const actual = evaluate(model, test, result, (message) => warnings.push(message));
    const expected = feelValue(result.expected);
    if (!sameValue(expected, actual)) return [describe(result.name, expected, actual, warnings)];
    if (result.errorResult && warnings.length === 0)
      return [`${result.name}: expected an error to be reported`];
    return [];
  } catch (error) {
    if (error instanceof FeelLimitError && result.errorResult) return [];
    return [`${result.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}

function describe(name: string, expected: FeelValue, actual: FeelValue, warnings: readonly string[]): string {
  const why = warnings.length === 0 ? "" : ` (${warnings.slice(0, 3).join("; ")})`;
  return `${name}: expected ${formatValue(expected)}, got ${formatValue(actual)}${why}`;
}

function evaluate(
  model: SuiteModel,
  test: TestCase,
  result: ResultNode,
  onWarning: (message: string) => void,
): FeelValue {
  const inputs = newContext();
  for (const { name, namespace, value } of test.inputs) {
    inputs[namespace === undefined ? name : `${namespace}#${name}`] = feelValue(value);
  }
  const environment = {
    now: Date.now(),
    onWarning: (warning: { message: string; line: number; column: number }) =>
      onWarning(`${warning.line}:${warning.column} ${warning.message}`),
  };
  const name = test.invocableName ?? result.name;
  if (test.type === "bkm") return model.bkms.get(name)?.evaluate(inputs, environment) ?? null;
  if (test.type === "decisionService") {
    const service = model.services.get(name);
    if (service === undefined) throw new Error(`the model has no decision service "${name}"`);
    const value = service.evaluate(inputs, environment);
    return model.wideServices.has(name) ? outputOf(value, result) : value;
  }
  const decision = model.decisions.get(result.name) ?? model.services.get(result.name);
  if (decision === undefined) throw new Error(`the model has no decision "${result.name}"`);
  return decision.evaluate(inputs, environment);
}

/** A service with several outputs answers with a context; a result node names one of them, or the service. */
function outputOf(value: FeelValue, { name }: ResultNode): FeelValue {
  return isContext(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : value;
}

import {
  type FeelFunction,
  type FeelInput,
  type FeelType,
  type FeelValue,
  Frame,
  invoke,
  Run,
} from "../feel/index.ts";
import { DiagnosticLog } from "./compile/diagnose.ts";
import { RequirementsGraph } from "./compile/graph.ts";
import type { GraphNode } from "./compile/graph-node.ts";
import { functionOfNode, type Plan, planOf, servicePlan } from "./compile/plan.ts";
import { type DmnSource, linkUnits, type ModelUnit, readAll } from "./compile/unit.ts";
import type { DmnDiagnostic } from "./diagnostics.ts";
import { DEFAULT_LIMITS, type DmnLimits } from "./limits.ts";
import { type DmnEnvironment, DmnRun } from "./run.ts";
import { type DecisionTrace, TraceRecorder } from "./trace.ts";

export interface CompileModelOptions {
  /** Name of the file in messages, when only text is given. */
  readonly file?: string;
  /** Namespace of the model whose elements are offered, among several; the first file's by default. */
  readonly main?: string;
  readonly limits?: Partial<DmnLimits>;
  /** Whether tables are looked at for gaps and overlaps (the default); not needed for models that were checked. */
  readonly analyse?: boolean;
}

/** A name that a decision or service reads from its inputs. */
export interface ModelInput {
  readonly name: string;
  /** Of the model that declares it; inputs may be given as `namespace#name` where names are not enough. */
  readonly namespace: string;
  readonly type: FeelType;
}

/** A decision or decision service, ready to be called any number of times. */
export interface CallableDecision {
  readonly name: string;
  readonly type: FeelType;
  readonly inputs: readonly ModelInput[];
  /** The value for these inputs (FEEL values by name; a missing one is null). Throws FeelLimitError, and nothing else. */
  readonly evaluate: (inputs: FeelInput, environment?: DmnEnvironment) => FeelValue;
  /** The value, and why: what was read, which rows matched. Dearer than `evaluate`. */
  readonly evaluateWithTrace: (
    inputs: FeelInput,
    environment?: DmnEnvironment,
  ) => { readonly value: FeelValue; readonly trace: DecisionTrace };
}

/** A business knowledge model: a function. */
export interface CallableKnowledge {
  readonly name: string;
  readonly type: FeelType;
  readonly fn: FeelFunction;
  /** Calls it with arguments by name. */
  readonly evaluate: (args: FeelInput, environment?: DmnEnvironment) => FeelValue;
}

/** A model compiled once. Elements of imported models have the import's name in front: `import.element`. */
export interface CompiledModel {
  readonly name: string;
  readonly namespace: string;
  readonly decisions: ReadonlyMap<string, CallableDecision>;
  readonly services: ReadonlyMap<string, CallableDecision>;
  readonly bkms: ReadonlyMap<string, CallableKnowledge>;
  /** Everything found wrong or doubtful. An error makes the element concerned yield null; it never throws. */
  readonly diagnostics: readonly DmnDiagnostic[];
}

/**
 * Compiles DMN 1.3, 1.4 or 1.5 models to callable decisions.
 * @param sources the XML of one model, or several files that import each other, the main one first
 */
export function compileModel(
  sources: string | readonly DmnSource[],
  options: CompileModelOptions = {},
): CompiledModel {
  const limits: DmnLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const log = new DiagnosticLog();
  const files =
    typeof sources === "string"
      ? [{ text: sources, ...(options.file !== undefined && { file: options.file }) }]
      : sources;
  const units = linkUnits(readAll(files, limits, log), limits, log);
  const main = units.find(({ definitions }) => definitions.namespace === options.main) ?? units[0];
  const decisions = new Map<string, CallableDecision>();
  const services = new Map<string, CallableDecision>();
  const bkms = new Map<string, CallableKnowledge>();
  const graph = new RequirementsGraph(log, limits, options.analyse ?? true);
  for (const { prefix, unit } of main === undefined ? [] : visibleUnits(main)) {
    for (const element of unit.definitions.drgElements) {
      const node = graph.compile(graph.node(unit, element));
      const name = prefix + element.name;
      if (element.kind === "decision") decisions.set(name, callableDecision(graph, node, name));
      if (element.kind === "decisionService") services.set(name, callableService(graph, node, name));
      if (element.kind === "businessKnowledgeModel") bkms.set(name, callableKnowledge(graph, node, name));
    }
  }
  const { name = "", namespace = "" } = main?.definitions ?? {};
  return { name, namespace, decisions, services, bkms, diagnostics: log.found };
}

function visibleUnits(main: ModelUnit): { prefix: string; unit: ModelUnit }[] {
  const imported = [...main.imports].map(([name, unit]) => ({ prefix: name === "" ? "" : `${name}.`, unit }));
  return [...imported, { prefix: "", unit: main }];
}

function callableDecision(graph: RequirementsGraph, node: GraphNode, name: string): CallableDecision {
  const plan = planOf(graph, [node], []);
  return callable(graph, name, node.type, plan, (inputs, run) => plan.evaluate(inputs, run)[0] ?? null);
}

function callableService(graph: RequirementsGraph, node: GraphNode, name: string): CallableDecision {
  const { plan, result } = servicePlan(graph, node);
  return callable(graph, name, node.type.kind === "function" ? node.type.result : node.type, plan, result);
}

function callable(
  { limits }: RequirementsGraph,
  name: string,
  type: FeelType,
  plan: Plan,
  evaluate: (inputs: FeelInput, run: DmnRun) => FeelValue,
): CallableDecision {
  return {
    name,
    type,
    inputs: plan.inputs.map(({ element, unit, declared }) => ({
      name: element.variable.name,
      namespace: unit.definitions.namespace,
      type: declared.type,
    })),
    evaluate: callableBy(plan.direct, (inputs, environment) =>
      evaluate(inputs, new DmnRun(environment, limits)),
    ),
    evaluateWithTrace: (inputs, environment) => {
      const recorder = new TraceRecorder();
      const value = evaluate(inputs, new DmnRun(environment, limits, recorder));
      return { value, trace: recorder.finish() };
    },
  };
}

function callableBy(
  direct: Plan["direct"],
  evaluate: CallableDecision["evaluate"],
): CallableDecision["evaluate"] {
  if (direct === undefined) return evaluate;
  return (inputs, environment) => {
    const value = direct(inputs);
    return value === undefined ? evaluate(inputs, environment) : value;
  };
}

function callableKnowledge(graph: RequirementsGraph, node: GraphNode, name: string): CallableKnowledge {
  const fn = functionOfNode(graph, node);
  return {
    name,
    type: fn.type,
    fn,
    evaluate: (args, environment) => {
      const run = new DmnRun(environment, graph.limits);
      run.site = node.site;
      const given = fn.parameters.map(({ name: parameter }) => args[parameter] ?? null);
      return invoke(fn, given, undefined, new Frame([], new Run(run)));
    },
  };
}

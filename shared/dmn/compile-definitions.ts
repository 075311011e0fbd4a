import {
  Caller,
  type FeelFunction,
  type FeelInput,
  type FeelType,
  type FeelValue,
  invoke,
  Run,
} from "#feel/index.ts";
import { RequirementsGraph } from "./graph/graph.ts";
import type { GraphNode, Plan, ServicePlan } from "./graph/graph-node.ts";
import { functionOfNode, planOf, servicePlan } from "./graph/plan.ts";
import { linkUnits, type ModelUnit } from "./graph/unit.ts";
import type { Definitions } from "./model/types.ts";
import { type DmnEnvironment, DmnRun } from "./run/run.ts";
import { type DecisionTrace, TraceRecorder } from "./run/trace.ts";
import type { DmnDiagnostic } from "./source/diagnostics.ts";
import type { DmnLimits } from "./source/limits.ts";
import type { AnalyseTable } from "./table/program.ts";
import type { DiagnosticLog } from "./text/diagnostic-log.ts";
import type { Syntax } from "./text/syntax.ts";
import { prefixOf } from "./types/item-types.ts";

/** A name that a decision or service reads from its inputs. */
export interface ModelInput {
  readonly name: string;
  /** Of the model that declares it; inputs may be given as `namespace#name` where names are not enough. */
  readonly namespace: string;
  readonly type: FeelType;
}

/** A value, and why it is that. */
export interface Traced {
  readonly value: FeelValue;
  readonly trace: DecisionTrace;
}

/** A decision or decision service, ready to be called any number of times. */
export interface CallableDecision {
  readonly name: string;
  readonly type: FeelType;
  readonly inputs: readonly ModelInput[];
  /** The value for these inputs (FEEL values by name; a missing one is null). Throws FeelLimitError, and nothing else. */
  readonly evaluate: (inputs: FeelInput, environment?: DmnEnvironment) => FeelValue;
  /** The value, and why: what was read, which rows matched. Dearer than `evaluate`. */
  readonly evaluateWithTrace: (inputs: FeelInput, environment?: DmnEnvironment) => Traced;
}

/** A business knowledge model: a function. */
export interface CallableKnowledge {
  readonly name: string;
  readonly type: FeelType;
  readonly fn: FeelFunction;
  /** Calls it with arguments by name. */
  readonly evaluate: (args: FeelInput, environment?: DmnEnvironment) => FeelValue;
  /** As `evaluate`, and why. */
  readonly evaluateWithTrace: (args: FeelInput, environment?: DmnEnvironment) => Traced;
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

export interface CompileDefinitionsOptions {
  readonly syntax: Syntax;
  readonly limits: DmnLimits;
  readonly log: DiagnosticLog;
  /** Looks at tables for gaps and overlaps; left out for models that were checked. */
  readonly analyse?: AnalyseTable;
  /** Namespace of the model whose elements are offered, among several; the first file's by default. */
  readonly main?: string;
}

/** Compiles models that were read before, the main one first: what `compileModel` does once it has read the XML. */
export function compileDefinitions(
  definitions: readonly Definitions[],
  { syntax, limits, log, analyse, main: wanted }: CompileDefinitionsOptions,
): CompiledModel {
  const units = linkUnits(definitions, { limits, log, syntax });
  const main = units.find((unit) => unit.definitions.namespace === wanted) ?? units[0];
  const decisions = new Map<string, CallableDecision>();
  const services = new Map<string, CallableDecision>();
  const bkms = new Map<string, CallableKnowledge>();
  const graph = new RequirementsGraph(log, limits, analyse);
  for (const { prefix, unit } of main === undefined ? [] : visibleUnits(main)) {
    for (const element of unit.definitions.drgElements) {
      const node = graph.compile(graph.node(unit, element));
      const name = prefix + element.name;
      if (element.kind === "decision") decisions.set(name, callableDecision(graph, node, name));
      if (element.kind === "decisionService") services.set(name, callableService(graph, node, name));
      if (element.kind === "businessKnowledgeModel") bkms.set(name, callableKnowledge(graph, node, name));
    }
  }
  // What is asked first must not change what others are answered: all there is to refuse is refused here.
  for (const node of graph.nodes.values()) {
    if (node.element.kind === "decisionService") servicePlan(graph, node);
  }
  const { name = "", namespace = "" } = main?.definitions ?? {};
  return { name, namespace, decisions, services, bkms, diagnostics: log.found };
}

function visibleUnits(main: ModelUnit): { prefix: string; unit: ModelUnit }[] {
  const imported = main.imports.map(({ name, unit }) => ({ prefix: prefixOf(name), unit }));
  return [...imported, { prefix: "", unit: main }];
}

function callableDecision(graph: RequirementsGraph, node: GraphNode, name: string): CallableDecision {
  const plan = planOf(graph, node);
  const result: ServicePlan["result"] = (inputs, run) => plan.evaluate(inputs, run)[0] ?? null;
  return callable(graph, { name, type: node.type, plan, result });
}

function callableService(graph: RequirementsGraph, node: GraphNode, name: string): CallableDecision {
  return callable(graph, { name, type: functionOfNode(graph, node).result, ...servicePlan(graph, node) });
}

function callable(
  { limits }: RequirementsGraph,
  { name, type, plan, result }: ServicePlan & Pick<CallableDecision, "name" | "type">,
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
      result(inputs, new DmnRun(environment, limits)),
    ),
    evaluateWithTrace: (inputs, environment) => {
      const recorder = new TraceRecorder();
      const value = result(inputs, new DmnRun(environment, limits, recorder));
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
  const call = (args: FeelInput, environment?: DmnEnvironment, recorder?: TraceRecorder): FeelValue => {
    const run = new DmnRun(environment, graph.limits, recorder);
    run.site = node.site;
    const given = fn.parameters.map(({ name: parameter }) => args[parameter] ?? null);
    return invoke(fn, given, undefined, new Caller(new Run(run)));
  };
  return {
    name,
    type: fn.type,
    fn,
    evaluate: (args, environment) => call(args, environment),
    evaluateWithTrace: (args, environment) => {
      const recorder = new TraceRecorder();
      return { value: call(args, environment, recorder), trace: recorder.finish() };
    },
  };
}

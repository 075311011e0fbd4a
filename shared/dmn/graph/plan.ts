import { FeelFunction, type FeelInput, type FeelValue, newContext } from "#feel/index.ts";
import { makeFunction } from "../compile/functions.ts";
import { type DmnRun, runOf } from "../run/run.ts";
import { coerceTo, type DirectMatch } from "../text/compiled.ts";
import { bindAll } from "../text/scope.ts";
import { entryReader, itemTest } from "../types/type-test.ts";
import type { RequirementsGraph } from "./graph.ts";
import {
  type GraphNode,
  type Plan,
  type RequiredNode,
  resultOfFunction,
  type ServicePlan,
} from "./graph-node.ts";

interface Step {
  readonly node: GraphNode;
  readonly run: (slots: FeelValue[], inputs: FeelInput, run: DmnRun) => FeelValue;
}

/** Plans the evaluation of a decision, or of a service's outputs; the values of `given` come from the caller. */
export function planOf(
  graph: RequirementsGraph,
  owner: GraphNode,
  outputs: readonly GraphNode[] = [owner],
  given: ReadonlySet<GraphNode> = new Set(),
): Plan {
  const needed = orderOf(graph, outputs, given);
  const order = graph.takeSteps(owner, needed.length) ? needed : outputs;
  const slotOf = new Map<GraphNode, number>();
  let steps: readonly Step[] | undefined;
  return {
    inputs: order.filter((node) => isInput(node, given)),
    direct: directOf(outputs, given),
    evaluate: (inputs, run) => {
      // Made at the first evaluation: most decisions of a model are only ever asked by others.
      steps ??= order.map((node, slot) => {
        slotOf.set(node, slot);
        return stepFor(graph, node, given.has(node), slotOf);
      });
      const slots: FeelValue[] = [];
      for (const step of steps) {
        const value = step.run(slots, inputs, run);
        slots.push(value);
        if (run.trace !== undefined) traceStep(step.node, value, given, run);
      }
      return outputs.map((output) => slots[slotOf.get(output) ?? -1] ?? null);
    },
  };
}

/** What the outputs need, each after what it needs itself. Cut one step after the steps left are used up. */
function orderOf(
  { stepsLeft }: RequirementsGraph,
  outputs: readonly GraphNode[],
  given: ReadonlySet<GraphNode>,
): readonly GraphNode[] {
  const reached = new Set<GraphNode>();
  const order: GraphNode[] = [];
  const visit = (node: GraphNode): void => {
    if (reached.has(node) || reached.size > stepsLeft || node.state === "new") return;
    reached.add(node);
    if (!given.has(node) && node.element.kind === "decision" && node.state !== "refused") {
      for (const required of node.required) visit(required.node);
    }
    order.push(node);
  };
  for (const output of outputs) visit(output);
  return order;
}

/** A single table that reads nothing but input data of its own model can be asked without further ado. */
function directOf(
  [output, ...others]: readonly GraphNode[],
  given: ReadonlySet<GraphNode>,
): DirectMatch | undefined {
  const direct = output?.logic?.direct;
  if (output === undefined || direct === undefined || others.length > 0 || given.has(output))
    return undefined;
  const isPlain = ({ path, node }: RequiredNode): boolean =>
    node.element.kind === "inputData" && path.length === 1 && node.unit === output.unit;
  return direct.readsEntries || !output.required.every(isPlain) ? undefined : direct.match;
}

function isInput(node: GraphNode, given: ReadonlySet<GraphNode>): boolean {
  return node.element.kind === "inputData" || given.has(node);
}

function traceStep(node: GraphNode, value: FeelValue, given: ReadonlySet<GraphNode>, run: DmnRun): void {
  const { kind, name } = node.element;
  if (isInput(node, given)) run.trace?.step({ kind: "input", name, value });
  else if (kind === "decision") run.trace?.step({ kind: "decision", name, value });
}

function stepFor(
  graph: RequirementsGraph,
  node: GraphNode,
  isGiven: boolean,
  slotOf: ReadonlyMap<GraphNode, number>,
): Step {
  if (isGiven || node.element.kind === "inputData") return { node, run: inputReader(node) };
  if (node.element.kind !== "decision") {
    const fn = functionOfNode(graph, node);
    return { node, run: () => fn };
  }
  const { logic } = node;
  if (logic === undefined || node.state === "refused") {
    return { node, run: (_, __, run) => warnRefused(node, run) };
  }
  const bindings = node.required.map((required) => ({
    path: required.path,
    slot: slotOf.get(required.node) ?? -1,
  }));
  return {
    node,
    run: (slots, _, run) => {
      const scope = newContext();
      for (const { path, slot } of bindings) bind(scope, path, slots[slot] ?? null);
      return logic.evaluate(scope, run);
    },
  };
}

const warnRefused = ({ site }: GraphNode, run: DmnRun): null =>
  run.warn("not-compiled", `"${site.element}" could not be compiled`, site);

function bind(
  scope: Record<string, FeelValue>,
  [first, second]: readonly [string] | readonly [string, string],
  value: FeelValue,
): void {
  if (second === undefined) {
    scope[first] = value;
    return;
  }
  // Entries of one import share a context, made for this scope only.
  const imported = Object.assign(newContext(), scope[first]);
  imported[second] = value;
  scope[first] = imported;
}

/** Reads the value that the caller gives, as its declared type wants it. */
function inputReader(node: GraphNode): Step["run"] {
  const { declared, site } = node;
  const isRight = itemTest(declared);
  const read = givenReader(node);
  return (_, inputs, run) => {
    const value = read(inputs);
    return isRight(value, run) ? value : coerceTo(value, declared, run, site);
  };
}

function givenReader(node: GraphNode): (inputs: FeelInput) => FeelValue {
  const read = entryReader(node.element.variable.name);
  const qualified = qualifiedName(node);
  return (inputs) => {
    const value = inputs[qualified];
    return (value === undefined ? read(inputs) : value) ?? null;
  };
}

/** Inputs may be given as `namespace#name`: models compiled together may have inputs of one name. */
const qualifiedName = ({ element, unit }: GraphNode): string =>
  `${unit.definitions.namespace}#${element.variable.name}`;

/** The FEEL function that a BKM or a decision service is for expressions; one value for all evaluations. */
export function functionOfNode(graph: RequirementsGraph, node: GraphNode): FeelFunction {
  node.fn ??=
    node.element.kind === "decisionService" ? serviceFunction(graph, node) : knowledgeFunction(graph, node);
  return node.fn;
}

function knowledgeFunction(graph: RequirementsGraph, node: GraphNode): FeelFunction {
  const { lambda, site } = node;
  if (lambda === undefined) {
    const call: FeelFunction["call"] = (_, caller) =>
      runOf(caller.run.environment, graph.limits).warn("no-logic", "the BKM has no logic", site);
    return new FeelFunction([], { kind: "any" }, call);
  }
  let scope: FeelInput | undefined;
  const context = graph.context(node);
  const { body } = lambda;
  const evaluate: typeof body.evaluate = (local, run) => {
    scope ??= knowledgeScope(graph, node);
    return body.evaluate(Object.assign(newContext(), scope, local), run);
  };
  // The functions that it calls are looked up at the first call: a BKM may call itself.
  return makeFunction(context, { ...lambda, body: { ...body, evaluate } }, newContext());
}

function knowledgeScope(graph: RequirementsGraph, node: GraphNode): FeelInput {
  const scope = newContext();
  scope[node.element.variable.name] = functionOfNode(graph, node);
  for (const { path, node: target } of node.required) bind(scope, path, functionOfNode(graph, target));
  return scope;
}

/** The plan of a service, made at the first call: all of them are made when everything has been compiled. */
export function servicePlan(graph: RequirementsGraph, node: GraphNode): ServicePlan {
  node.service ??= planService(graph, node);
  return node.service;
}

function planService(graph: RequirementsGraph, node: GraphNode): ServicePlan {
  // The declared type of a service's answer is checked at the end: there is no short way past that.
  const plan = { ...planOf(graph, node, node.outputs, new Set(node.inputs)), direct: undefined };
  const names = node.outputs.map((output) => output.element.variable.name);
  const declared = resultOfFunction(node.declared);
  const result = (inputs: FeelInput, run: DmnRun): FeelValue => {
    if (node.state === "refused") return warnRefused(node, run);
    const values = plan.evaluate(inputs, run);
    // One output decision answers with its own value, several with a context of them (DMN 1.5, 10.4).
    const value = values.length < 2 ? (values[0] ?? null) : bindAll(newContext(), names, values);
    return declared.type.kind === "any" ? value : coerceTo(value, declared, run, node.site);
  };
  return { plan, result };
}

function serviceFunction(graph: RequirementsGraph, node: GraphNode): FeelFunction {
  const parameters = node.inputs.map(({ element, declared }) => ({
    name: element.variable.name,
    type: declared.type,
  }));
  const names = node.inputs.map(qualifiedName);
  const result = node.type.kind === "function" ? node.type.result : node.type;
  return new FeelFunction(parameters, result, (args, caller) => {
    const run = runOf(caller.run.environment, graph.limits);
    const given = bindAll(newContext(), names, args);
    return run.call(() => servicePlan(graph, node).result(given, run));
  });
}

import { ANY, contextOf, functionOf } from "#feel/index.ts";
import { compileExpression } from "../compile/boxed.ts";
import { compileLambda } from "../compile/functions.ts";
import type {
  BusinessKnowledgeModel,
  Decision,
  DecisionService,
  DrgElement,
  Requirement,
} from "../model/types.ts";
import { siteOf } from "../run/site.ts";
import type { DmnLimits } from "../source/limits.ts";
import type { AnalyseTable, BoxContext } from "../table/program.ts";
import { typedPart } from "../text/compiled.ts";
import type { DiagnosticLog } from "../text/diagnostic-log.ts";
import type { ItemType } from "../types/item-types.ts";
import { type GraphNode, pathsTo, resultOfFunction, scopeTypes } from "./graph-node.ts";
import type { ModelUnit } from "./unit.ts";

/** Steps that the plans of all decisions may have together: where each decision needs all before it, they are many. */
const MAX_STEPS = 250_000;

/** The requirements graph of all models compiled together (DMN 1.5, 6.2): compiles each element once, on demand. */
export class RequirementsGraph {
  readonly limits: DmnLimits;
  private readonly analyse: AnalyseTable | undefined;
  private readonly log: DiagnosticLog;
  /** Every element that anybody may ask or call. */
  readonly nodes = new Map<DrgElement, GraphNode>();
  private depth = 0;
  /** What is left of the steps that all plans may have together. */
  stepsLeft = MAX_STEPS;

  constructor(log: DiagnosticLog, limits: DmnLimits, analyse: AnalyseTable | undefined) {
    this.log = log;
    this.analyse = analyse;
    this.limits = limits;
  }

  node(unit: ModelUnit, element: DrgElement): GraphNode {
    const known = this.nodes.get(element);
    if (known !== undefined) return known;
    const { source } = unit.definitions;
    const declared = unit.types.of(element.variable);
    const { xml, name } = element;
    const node: GraphNode = {
      unit,
      element,
      site: { source, element: name, xml },
      declared,
      required: [],
      inputs: [],
      outputs: [],
      type: declared.type,
      state: "new",
    };
    this.nodes.set(element, node);
    return node;
  }

  /** The element that an `href` names (`#id` or `namespace#id`), seen from a model. */
  resolve(
    unit: ModelUnit,
    href: string,
    from: Pick<Requirement, "xml">,
    owner: string,
  ): GraphNode | undefined {
    const hash = href.indexOf("#");
    const namespace = hash === -1 ? "" : href.slice(0, hash);
    const id = href.slice(hash + 1);
    const isOwn = namespace === "" || namespace === unit.definitions.namespace;
    const target = isOwn
      ? unit
      : unit.imports.find((other) => other.unit.definitions.namespace === namespace)?.unit;
    const element = target?.elements.get(id);
    if (target && element) return this.node(target, element);
    const message =
      target === undefined ? `the namespace "${namespace}" is not imported` : `there is no element "${id}"`;
    const { source } = unit.definitions;
    this.log.add({ source, element: owner, xml: from.xml }, "reference", message);
    return undefined;
  }

  /** Compiles an element and what it requires; a circle of decisions is reported, and its members yield null. */
  compile(node: GraphNode): GraphNode {
    if (node.state !== "new") return node;
    if (this.depth >= this.limits.maxDepth) {
      this.refuse(node, `requirements are nested deeper than ${this.limits.maxDepth}`);
      return node;
    }
    this.depth += 1;
    this.compileElement(node);
    this.depth -= 1;
    return node;
  }

  /** Takes an element's steps from those that all plans share; refuses the element where too few are left. */
  takeSteps(node: GraphNode, steps: number): boolean {
    const isEnough = steps <= this.stepsLeft;
    // A plan that is refused was looked at too: many elements may want the same large one.
    this.stepsLeft -= isEnough ? steps : steps / 16;
    if (!isEnough)
      this.refuse(node, `the decisions and all that each of them needs are more than ${MAX_STEPS} together`);
    return isEnough;
  }

  private refuse(node: GraphNode, message: string): void {
    this.log.add(node.site, "limit", message);
    node.state = "refused";
  }

  private compileElement(node: GraphNode): void {
    node.state = "compiling";
    switch (node.element.kind) {
      case "inputData":
        break;
      case "decision":
        this.compileDecision(node, node.element);
        break;
      case "businessKnowledgeModel":
        this.compileKnowledge(node, node.element);
        break;
      case "decisionService":
        this.compileService(node, node.element);
        break;
    }
    if (node.state === "compiling") node.state = "compiled";
  }

  context(node: GraphNode): BoxContext {
    const { unit, element } = node;
    const inputItems = new Map<string, ItemType>();
    const items = new Map<string, ItemType>();
    for (const { path, node: target } of node.required) {
      items.set(path.join("."), target.declared);
      if (target.element.kind === "inputData" && path[1] === undefined)
        inputItems.set(path[0], target.declared);
    }
    const { analyse } = this;
    return { ...unit.feel, itemTypes: unit.types, analyse, element: element.name, inputItems, items };
  }

  private compileDecision(node: GraphNode, decision: Decision): void {
    this.require(node, decision.requirements);
    const context = this.context(node);
    const { logic } = decision;
    if (logic === undefined) {
      // A decision may be left to people: it has no value of its own, but services can be given one (DMN 1.5, 10.4).
      node.logic = {
        type: node.type,
        evaluate: (_, run) => run.warn("no-logic", "the decision has no logic", node.site),
      };
      return;
    }
    const part = compileExpression(context, logic, scopeTypes(node), decision.xml);
    const site = siteOf(node.site, decision.variable.xml ?? decision.xml);
    node.logic = typedPart(part, node.declared, site);
    node.type = node.logic.type;
  }

  private compileKnowledge(node: GraphNode, knowledge: BusinessKnowledgeModel): void {
    const context = this.context(node);
    const { logic } = knowledge;
    const given = logic?.parameters ?? [];
    const parameters = given.map((parameter) => context.itemTypes.of(parameter).type);
    const names = given.map(({ name }) => name);
    const result = resultOfFunction(node.declared);
    // Known before the body is compiled: a BKM may call itself, directly or through others.
    node.type = functionOf(parameters, result.type, names);
    this.require(node, knowledge.requirements);
    if (logic === undefined) {
      this.log.add(node.site, "structure", "the BKM has no logic");
      return;
    }
    // Recursion needs no requirement: a BKM knows its own name.
    const scope = { [knowledge.variable.name]: node.type, ...scopeTypes(node) };
    const lambda = compileLambda(context, logic, scope);
    const site = siteOf(node.site, knowledge.variable.xml ?? knowledge.xml);
    const body = typedPart(lambda.body, result, site);
    node.lambda = { ...lambda, body };
    node.type = functionOf(parameters, body.type, names);
  }

  private compileService(node: GraphNode, service: DecisionService): void {
    const resolveAll = (hrefs: readonly string[]): GraphNode[] =>
      hrefs.flatMap((href) => this.resolve(node.unit, href, service, service.name) ?? []);
    // Parameters are input data first, then decisions (DMN 1.5, 10.4).
    const inputs = resolveAll([...service.inputData, ...service.inputDecisions]);
    const outputs = resolveAll(service.outputDecisions);
    node.inputs = inputs;
    node.outputs = outputs;
    for (const input of inputs) this.compile(input);
    const types = outputs.map((output) => this.compile(output).type);
    const names = outputs.map((output) => output.element.variable.name);
    const single = types.length === 1 ? types[0] : undefined;
    const inferred =
      single ?? contextOf(Object.fromEntries(names.map((name, index) => [name, types[index] ?? ANY])));
    const result = resultOfFunction(node.declared);
    node.type = functionOf(
      inputs.map((input) => input.declared.type),
      result.type.kind === "any" ? inferred : result.type,
    );
  }

  private require(node: GraphNode, requirements: readonly Requirement[]): void {
    for (const requirement of requirements) {
      const target = this.resolve(node.unit, requirement.href, requirement, node.element.name);
      if (target === undefined) continue;
      if (target.state === "compiling" && target.element.kind === "decision") {
        this.reportCycle(node, requirement, target);
        continue;
      }
      this.compile(target);
      for (const path of pathsTo(node.unit, target)) node.required.push({ path, node: target });
    }
  }

  private reportCycle(node: GraphNode, requirement: Requirement, target: GraphNode): void {
    node.state = "refused";
    target.state = "refused";
    const message = `"${node.element.name}" and "${target.element.name}" require each other`;
    this.log.add(siteOf(node.site, requirement.xml), "cycle", message);
  }
}

import type { CompiledExpression, FeelValue } from "#feel/index.ts";
import type { Learning } from "./learning.ts";
import type { ModelFile } from "./schema/model-file.ts";
import type { Parsed } from "./sources.ts";

/** A company's own model, as its file says it, with the FEEL formula of each predictor it names. */
export type CompanyModel = {
  readonly name: string;
  /** Actions whose propensity it gives. */
  readonly actions: readonly string[];
  readonly formulas: Readonly<Record<string, string>>;
  readonly model: ModelFile;
};

type Use = {
  readonly name: string;
  readonly path: readonly (string | number)[];
  /** What of it the model reads: a number (true is 1), or a text. */
  readonly counts: "number" | "text";
};

/** Predictors that a model names, with the place of each. */
export const predictorsOf = (model: ModelFile): readonly Use[] =>
  model.kind === "logistic"
    ? Object.entries(model.coefficients).map(([name, coefficient]) => ({
        name,
        path: ["coefficients", name],
        counts: typeof coefficient === "object" && "values" in coefficient ? "text" : "number",
      }))
    : model.trees.flatMap((nodes, tree) =>
        nodes.flatMap((node, index): Use[] =>
          "leaf" in node
            ? []
            : [{ name: node.predictor, path: ["trees", tree, index, "predictor"], counts: "number" }],
        ),
      );

export const modelName = (path: string): string => path.replace(/^models\//, "").replace(/\.json$/, "");

/** A predictor is one that learning.yaml declares, else what the customer has under that name. */
export const formulasOf = (model: ModelFile, learning: Learning | undefined): CompanyModel["formulas"] => {
  const declared = new Map((learning?.predictors ?? []).map(({ name, formula }) => [name, formula]));
  const names = new Set(predictorsOf(model).map(({ name }) => name));
  return Object.fromEntries([...names].map((name) => [name, declared.get(name) ?? `customer.${name}`]));
};

export const buildModel = (
  { file, value }: Parsed<ModelFile>,
  learning: Learning | undefined,
): CompanyModel => ({
  name: modelName(file.path),
  actions: value.actions,
  model: value,
  formulas: formulasOf(value, learning),
});

type Read = (predictor: string) => FeelValue;

const asNumber = (value: FeelValue): number | null => {
  if (typeof value === "boolean") return Number(value);
  return typeof value === "number" && Number.isFinite(value) ? value : null;
};

const linearTerm = (
  coefficient: Extract<ModelFile, { kind: "logistic" }>["coefficients"][string],
  value: FeelValue,
): number => {
  if (typeof coefficient === "number") return coefficient * (asNumber(value) ?? 0);
  if ("values" in coefficient) {
    const text = String(value);
    return Object.hasOwn(coefficient.values, text) ? (coefficient.values[text] ?? 0) : 0;
  }
  return coefficient.weight * (asNumber(value) ?? coefficient.missing ?? 0);
};

type Tree = Extract<ModelFile, { kind: "trees" }>["trees"][number];

/** Each step leads to a node further on (check/models.ts), so this ends. */
const leafOf = (tree: Tree, read: Read): number => {
  let at = 0;
  for (;;) {
    const node = tree[at];
    if (node === undefined) return 0;
    if ("leaf" in node) return node.leaf;
    const value = asNumber(read(node.predictor));
    const way = value === null ? (node.missing ?? "no") : value < node.below ? "yes" : "no";
    at = node[way];
  }
};

/** The model's propensity, 0..1, of the predictors' values. Unknown text values and missing numbers add nothing. */
export const scoreModel = (model: ModelFile, read: Read): number => {
  const sum =
    model.kind === "logistic"
      ? Object.entries(model.coefficients).reduce(
          (total, [name, coefficient]) => total + linearTerm(coefficient, read(name)),
          model.intercept,
        )
      : model.trees.reduce((total, tree) => total + leafOf(tree, read), model.intercept);
  return 1 / (1 + Math.exp(-sum));
};

/** The model as a formula, so that it is evaluated once a decision for all actions that have it. */
export const modelRule = (
  company: CompanyModel,
  ruleOf: (formula: string) => CompiledExpression,
): CompiledExpression => {
  const rules = new Map(Object.entries(company.formulas).map(([name, formula]) => [name, ruleOf(formula)]));
  const [first] = rules.values();
  return {
    text: `model ${company.name}`,
    get type() {
      return first?.type ?? { kind: "any" };
    },
    get references() {
      return [...rules.values()].flatMap((rule) => rule.references);
    },
    diagnostics: [],
    evaluate: (context, environment) => {
      const known = new Map<string, FeelValue>();
      return scoreModel(company.model, (name) => {
        const value = known.get(name) ?? rules.get(name)?.evaluate(context, environment) ?? null;
        known.set(name, value);
        return value;
      });
    },
  };
};

import type { CompiledExpression, FeelValue } from "#feel/index.ts";
import type { CompanyModel } from "../model/company-model.ts";
import type { ModelFile } from "../schema/model-file.ts";

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

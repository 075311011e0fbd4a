import type { ModelFile } from "../schema/model-file.ts";
import type { Learning } from "./learning.ts";

/** A company's own model from its file, with the FEEL formula of each predictor it names. */
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

/** A predictor is one that learning.yaml declares, else what the customer has under that name. */
export const formulasOf = (model: ModelFile, learning: Learning | undefined): CompanyModel["formulas"] => {
  const declared = new Map((learning?.predictors ?? []).map(({ name, formula }) => [name, formula]));
  const names = new Set(predictorsOf(model).map(({ name }) => name));
  return Object.fromEntries([...names].map((name) => [name, declared.get(name) ?? `customer.${name}`]));
};

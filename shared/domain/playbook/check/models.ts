import { modelName, predictorsOf } from "../company-model.ts";
import { CUSTOMER_FIELDS } from "../known.ts";
import { expectedOneOf } from "../read/suggest.ts";
import type { Draft, Report } from "../sources.ts";

/** Names that a company's model uses, and that its trees end. */
export const checkModels = ({ sources, document }: Draft, report: Report): void => {
  const actions = document.actions.map(({ name }) => name);
  const known = [
    ...(document.learning?.predictors ?? []).map(({ name }) => name),
    ...CUSTOMER_FIELDS,
    ...document.dataModel.traits.map(({ name }) => name),
    ...document.dataModel.computed.map(({ name }) => name),
    ...document.segments.map(({ name }) => name),
  ];
  const given = new Map<string, string>();
  for (const { file, value } of sources.models) {
    for (const { name, path } of predictorsOf(value)) {
      if (known.includes(name)) continue;
      const place = value.kind === "logistic" ? file.atKey(path) : file.at(path);
      const message = `There is no predictor "${name}"`;
      report("error", place, "unknown-predictor", message, expectedOneOf(name, known));
    }
    value.actions.forEach((action, index) => {
      const place = file.at(["actions", index]);
      if (!actions.includes(action)) {
        const expected = expectedOneOf(action, actions);
        report("error", place, "unknown-action", `There is no action "${action}"`, expected);
      }
      const other = given.get(action);
      const own = document.actions.find(({ name }) => name === action)?.propensity;
      if (other !== undefined || own !== undefined) {
        const who = other === undefined ? "the action itself" : `the model ${other}`;
        const message = `The propensity of ${action} is given by ${who} already`;
        report("error", place, "given-twice", message, "one of the two");
      }
      given.set(action, modelName(file.path));
    });
    if (value.kind === "logistic") continue;
    value.trees.forEach((nodes, tree) => {
      nodes.forEach((node, index) => {
        if ("leaf" in node) return;
        for (const way of ["yes", "no"] as const) {
          if (node[way] > index && node[way] < nodes.length) continue;
          const expected = `the number of a node after this one, ${index + 1} to ${nodes.length - 1}`;
          const place = file.at(["trees", tree, index, way]);
          report("error", place, "wrong-node", `"${way}" leads to no node further on`, expected);
        }
      });
      if (nodes.length === 0)
        report("error", file.at(["trees", tree]), "empty-tree", "The tree is empty", "a node");
    });
  }
};

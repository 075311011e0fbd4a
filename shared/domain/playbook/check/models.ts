import { compile, FeelSyntaxError, type FeelType, typeName } from "#feel/index.ts";
import { modelName } from "../build/build-company-model.ts";
import { ruleSettings } from "../compile/rules.ts";
import { formulasOf, predictorsOf } from "../model/company-model.ts";
import { CUSTOMER_FIELDS } from "../model/known.ts";
import type { Draft, Parsed, Report } from "../read/sources.ts";
import type { ModelFile } from "../schema/model-file.ts";
import { unknownName } from "./unknown-name.ts";

/** Names that a company's models use, that their predictors are of a kind that counts, and that their trees end. */
export const checkModels = (draft: Draft, report: Report): void => {
  const { sources, document } = draft;
  if (sources.models.length === 0) return;
  const actions = document.actions.map(({ name }) => name);
  const given = new Map<string, string>();
  for (const model of sources.models) {
    const { file, value } = model;
    checkPredictors(model, draft, report);
    value.actions.forEach((action, index) => {
      const place = file.at(["actions", index]);
      if (!actions.includes(action)) report.error(place, ...unknownName("action", action, actions));
      const other = given.get(action);
      const own = document.actions.find(({ name }) => name === action)?.propensity;
      if (other !== undefined || own !== undefined) {
        const who = other === undefined ? "the action itself" : `the model ${other}`;
        const message = `The propensity of ${action} is given by ${who} already`;
        report.error(place, "given-twice", message, "one of the two");
      }
      given.set(action, modelName(file.path));
    });
    if (value.kind === "trees") checkTrees({ file, value }, report);
  }
};

const checkPredictors = ({ file, value }: Parsed<ModelFile>, { document }: Draft, report: Report): void => {
  const known = [
    ...(document.learning?.predictors ?? []).map(({ name }) => name),
    ...CUSTOMER_FIELDS,
    ...document.dataModel.traits.map(({ name }) => name),
    ...document.dataModel.computed.map(({ name }) => name),
    ...document.segments.map(({ name }) => name),
  ];
  const { scope } = ruleSettings(document).predictor();
  const formulas = formulasOf(value, document.learning);
  for (const { name, path, counts } of predictorsOf(value)) {
    const place = value.kind === "logistic" ? file.atKey(path) : file.at(path);
    if (!known.includes(name)) {
      report.error(place, ...unknownName("predictor", name, known));
      continue;
    }
    const type = typeOf(formulas[name] ?? "", scope);
    if (type === null || type.kind === "any" || KINDS[counts].includes(type.kind)) continue;
    const message = `"${name}" is a ${typeName(type)}`;
    const expected = counts === "text" ? 'a text for "values"' : "a number, or true or false, for a weight";
    report.error(place, "wrong-type", message, expected);
  }
};

const KINDS: Readonly<Record<"number" | "text", readonly string[]>> = {
  number: ["number", "boolean"],
  text: ["string", "boolean"],
};

/** Null where the text is not FEEL, which is reported elsewhere. */
const typeOf = (text: string, scope: Readonly<Record<string, FeelType>>): FeelType | null => {
  try {
    return compile(text, scope).type;
  } catch (error) {
    if (error instanceof FeelSyntaxError) return null;
    throw error;
  }
};

const checkTrees = ({ file, value }: Parsed<Extract<ModelFile, { kind: "trees" }>>, report: Report): void => {
  value.trees.forEach((nodes, tree) => {
    if (nodes.length === 0)
      report.error(file.at(["trees", tree]), "empty-tree", "The tree is empty", "a node");
    const reached = new Set([0]);
    nodes.forEach((node, index) => {
      if (!reached.has(index)) {
        const message = "No node leads here";
        report.error(file.at(["trees", tree, index]), "unreachable-node", message, `"yes" or "no": ${index}`);
      }
      if ("leaf" in node) return;
      for (const way of ["yes", "no"] as const) {
        reached.add(node[way]);
        if (node[way] > index && node[way] < nodes.length) continue;
        const expected = `the number of a node after this one, ${index + 1} to ${nodes.length - 1}`;
        const place = file.at(["trees", tree, index, way]);
        report.error(place, "wrong-node", `"${way}" leads to no node further on`, expected);
      }
    });
  });
};

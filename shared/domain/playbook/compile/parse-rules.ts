import { compileModel, type DmnSource, decisionFunctions, storeModel } from "#dmn/index.ts";
import { type SyntaxTree, treeOf } from "#feel/index.ts";
import type { PlaybookDocument } from "../model/document.ts";
import { DOCUMENT_FORM } from "../model/version.ts";
import { compileAllRules, compilePlaybook } from "./compile.ts";
import type { RuleSource } from "./rule-source.ts";

type Files = PlaybookDocument["decisions"];

/** A model that imports others is given all of them; most stand alone and are read once. */
const IMPORTS = /<(?:\w+:)?import[\s>]/;

/** Whether a model imports others. It is compiled with all that are there then. */
export const importsOthers = (text: string): boolean => IMPORTS.test(text);

/** The model of a file, with those it may import. */
export const modelSources = (file: string, files: Files): readonly DmnSource[] => {
  const text = files[file] ?? "";
  const others = importsOthers(text) ? Object.keys(files).filter((other) => other !== file) : [];
  return [{ file, text }, ...others.map((other) => ({ file: other, text: files[other] ?? "" }))];
};

/** Rules and decisions parsed from their text, for checking a playbook. */
export const writtenRules = (files: Files): RuleSource => ({
  treeOf: (text, { scope }) => treeOf(text, scope),
  decisionsOf: (file) =>
    decisionFunctions(compileModel(modelSources(file, files), { analyse: false })).values,
});

/**
 * The document with all its FEEL and DMN parsed, as it is stored and run; the XML itself stays with the files. Throws
 * FeelSyntaxError where a rule is none: only documents without errors are for this.
 */
export const parseRules = (document: PlaybookDocument): PlaybookDocument => {
  const rules: Record<string, Record<string, SyntaxTree>> = {};
  const written = writtenRules(document.decisions);
  const recording: RuleSource = {
    ...written,
    treeOf: (text, setting) => {
      const tree = written.treeOf(text, setting);
      rules[setting.key] = { ...rules[setting.key], [text]: tree };
      return tree;
    },
  };
  compileAllRules(compilePlaybook("", document, recording));
  const decisions = Object.fromEntries(
    Object.keys(document.decisions).map((file) => [file, storeModel(modelSources(file, document.decisions))]),
  );
  return { ...document, decisions: {}, syntax: { form: DOCUMENT_FORM, rules, decisions } };
};

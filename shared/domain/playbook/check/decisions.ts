import { storeModel } from "#dmn/index.ts";
import { compile } from "#feel/index.ts";
import { modelSources } from "../compile/parse-rules.ts";
import type { PlaybookDocument } from "../model/document.ts";
import { SCOPE_ROOTS } from "../model/known.ts";
import type { Draft, Report } from "../read/sources.ts";
import { wrongConstants } from "./constants.ts";
import { localTimes } from "./never-true.ts";
import { meantBy } from "./rule-hints.ts";

/** Checks DMN models: reports what their reader finds, and names that rules could not distinguish. */
export const checkDecisions = ({ sources: { decisions }, document }: Draft, report: Report): void => {
  for (const { severity, code, message, element, expected, example, ...place } of decisions.diagnostics) {
    const where = element === undefined ? "" : ` (${element})`;
    const inputs = Object.entries(example ?? {}).map(([input, value]) => `${input}: ${value}`);
    const shown = inputs.length === 0 ? (expected ?? meantBy(message)) : `for example ${inputs.join(", ")}`;
    report[severity](place, `dmn-${code}`, `${message}${where}`, shown);
  }
  for (const file of Object.keys(decisions.files))
    checkConstants(file, decisions.files, document.brand, report);
  const taken = new Map<string, string>(SCOPE_ROOTS.map((name) => [name, "what rules call the scope"]));
  for (const { name, file } of decisions.functions) {
    const other = taken.get(name) ?? (isBuiltin(name) ? "a function of FEEL" : undefined);
    const place = { file, line: 1, column: 1 };
    if (other) {
      const message = `"${name}" is ${other} already`;
      report.error(place, "duplicate-name", message, "a name of its own for every decision");
    }
    taken.set(name, `a decision in ${file}`);
  }
};

/** What can be wrong in a cell although it is FEEL. Most models have no such constants and need not be parsed for them. */
const CONSTANTS = /\b(?:date|time|duration|number|matches|replace|split)\s*\(|\d\d:\d\d/;

const checkConstants = (
  file: string,
  files: PlaybookDocument["decisions"],
  { timeZone }: PlaybookDocument["brand"],
  report: Report,
): void => {
  const written = files[file] ?? "";
  if (!CONSTANTS.test(written)) return;
  const { trees, testsTrees } = storeModel(modelSources(file, files));
  const texts = [
    ...Object.entries(trees).map(([text, all]) => ({ text, nodes: all.slice(0, 1), isCell: false })),
    ...Object.entries(testsTrees).map(([text, [first]]) => ({
      text,
      nodes: first === undefined || first.tests === "any" ? [] : first.tests,
      isCell: true,
    })),
  ];
  for (const { text, nodes, isCell } of texts) {
    // A model that is imported has its own findings.
    const at = offsetOf(written, text);
    if (at === -1) continue;
    for (const { code, message, expected } of nodes.flatMap((node) => wrongConstants(text, node))) {
      report.error({ file, ...placeOf(written, at) }, `dmn-${code}`, message, expected);
    }
    const looking = { text, scope: {}, timeZone };
    for (const { message, expected } of isCell ? nodes.flatMap((node) => localTimes(looking, node)) : []) {
      report.warning({ file, ...placeOf(written, at) }, "dmn-never-true", message, expected);
    }
  }
};

/** Where the text of a cell begins in the XML, or -1. */
const offsetOf = (xml: string, text: string): number => {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const forms = [escaped, escaped.replaceAll(">", "&gt;"), text];
  const all = forms.flatMap((form) => [form, form.replaceAll('"', "&quot;")]);
  const at = Math.max(...all.map((form) => xml.indexOf(`>${form}<`)));
  return at === -1 ? -1 : at + 1;
};

const placeOf = (text: string, offset: number) => {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
};

const isBuiltin = (name: string): boolean => {
  try {
    return compile(name, {}).diagnostics.length === 0;
  } catch {
    return false;
  }
};

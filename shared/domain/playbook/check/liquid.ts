import { expectedOneOf } from "#kernel/suggest.ts";
import { parseLiquid, variablesIn } from "#template/liquid/check.ts";
import type { PlaybookDocument } from "../model/document.ts";
import { CUSTOMER_FIELDS, TEMPLATE_ROOTS } from "../model/known.ts";
import type { LiquidText, Report } from "../read/sources.ts";

/** What a text may name: roots, and of those whose members are known, these. */
type Nameable = {
  readonly roots: readonly string[];
  readonly fields?: Readonly<Record<string, readonly string[]>>;
};

const customerFields = ({ dataModel, segments }: PlaybookDocument): readonly string[] => [
  ...CUSTOMER_FIELDS,
  ...[...dataModel.traits, ...dataModel.computed, ...segments].map(({ name }) => name),
];

/** Reports a text that is no Liquid, or names what is always empty. @returns whether it is Liquid */
export const checkLiquid = (
  text: LiquidText,
  document: PlaybookDocument,
  report: Report,
  { roots, fields = {} }: Nameable = { roots: TEMPLATE_ROOTS },
): boolean => {
  const { templates, problem } = parseLiquid(text.source);
  if (problem !== undefined) {
    const place = text.at(problem.line, problem.column);
    report.error(place, "liquid", `Liquid: ${problem.found}`, problem.expected);
    return false;
  }
  for (const [root, uses] of Object.entries(variablesIn(templates))) {
    for (const { segments, location } of uses) {
      const place = text.at(location.row, location.col);
      if (!roots.includes(root)) {
        report.warning(place, "unknown-variable", `"${root}" is always empty`, expectedOneOf(root, roots));
        continue;
      }
      const field = segments[1];
      if (typeof field !== "string") continue;
      const known = root === "customer" ? customerFields(document) : fields[root];
      if (known === undefined || known.includes(field)) continue;
      const [code, what] =
        root === "customer"
          ? ["unknown-trait", "not declared and always empty"]
          : ["unknown-variable", "always empty"];
      report.warning(place, code, `${root}.${field} is ${what}`, expectedOneOf(field, known));
    }
  }
  return true;
};

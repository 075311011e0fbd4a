import { compile } from "../../../feel/index.ts";
import { SCOPE_ROOTS } from "../known.ts";
import type { Draft, Report } from "../sources.ts";

/** DMN models: what their reader finds, and names that rules could not tell apart. */
export const checkDecisions = ({ sources: { decisions } }: Draft, report: Report): void => {
  for (const { severity, code, message, element, expected, example, ...place } of decisions.diagnostics) {
    const where = element === undefined ? "" : ` (${element})`;
    const inputs = Object.entries(example ?? {}).map(([input, value]) => `${input}: ${value}`);
    const shown = inputs.length === 0 ? expected : `for example ${inputs.join(", ")}`;
    report(severity, place, `dmn-${code}`, `${message}${where}`, shown);
  }
  const taken = new Map<string, string>(SCOPE_ROOTS.map((name) => [name, "what rules call the scope"]));
  for (const { name, file } of decisions.functions) {
    const other = taken.get(name) ?? (isBuiltin(name) ? "a function of FEEL" : undefined);
    const place = { file, line: 1, column: 1 };
    if (other) {
      const message = `"${name}" is ${other} already`;
      report("error", place, "duplicate-name", message, "a name of its own for every decision");
    }
    taken.set(name, `a decision in ${file}`);
  }
};

const isBuiltin = (name: string): boolean => {
  try {
    return compile(name, {}).diagnostics.length === 0;
  } catch {
    return false;
  }
};

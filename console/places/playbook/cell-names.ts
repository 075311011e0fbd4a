import type { Grid, GridRow } from "#dmn/edit/grid.ts";
import { type DmnNames, readNames } from "#dmn/edit/names.ts";
import type { KnownNames, Suggestion } from "./forms/feel-completion.ts";

const named = (name: string, about = ""): Suggestion => ({ name, kind: "name", about });
const NOTHING: DmnNames = { inputs: [], decisions: [], functions: [] };
const TEXTS = /"(?:[^"\\]|\\.)*"/g;
/** Beyond it a list of what stands in a column helps nobody. */
const MOST_VALUES = 50;

const namesIn = (text: string): DmnNames => {
  try {
    return readNames(text);
  } catch {
    return NOTHING;
  }
};

const textsIn = (texts: Iterable<string>): readonly string[] => {
  const found = new Set<string>();
  for (const text of texts) {
    for (const [value] of text.matchAll(TEXTS)) found.add(value);
    if (found.size >= MOST_VALUES) break;
  }
  return [...found];
};

/** The values that a column declares, else those that stand in it already. */
const valuesOf = ({ columns }: Grid, rows: readonly GridRow[], column: number): readonly Suggestion[] => {
  const { title = "", values } = columns[column] ?? {};
  const texts = values === undefined ? rows.map(({ cells }) => cells[column] ?? "") : [values];
  return textsIn(texts).map((value) => named(value, title));
};

/**
 * What a cell may name: the file's inputs, decisions and functions, and the values of its column. A customer whom the file
 * says nothing of has the traits of the data model. Null for a note, which is no FEEL.
 */
export const cellNames = (
  text: string,
  traits: () => readonly Suggestion[],
): ((table: Grid, rows: readonly GridRow[], column: number) => KnownNames | null) => {
  let known: Pick<KnownNames, "roots" | "decisions"> | undefined;
  const ofFile = (): Pick<KnownNames, "roots" | "decisions"> => {
    const { inputs, decisions, functions } = namesIn(text);
    const roots = [
      ...decisions.map((name) => [name, []] as const),
      ...inputs.map(({ name, members }) => {
        const own = members.map((member) => named(member.name, member.type));
        return [name, own.length === 0 && name === "customer" ? traits() : own] as const;
      }),
    ];
    return {
      roots: Object.fromEntries(roots),
      decisions: functions.map((name) => ({ name, kind: "function", about: "(…)" })),
    };
  };
  return (table, rows, column) => {
    if (table.columns[column]?.kind === "annotation") return null;
    known ??= ofFile();
    return { ...known, values: valuesOf(table, rows, column) };
  };
};

import type { TableTrace } from "#dmn/index.ts";
import { compilePlaybook } from "../playbook/compile/compile.ts";
import { storedRules } from "../playbook/compile/stored-rules.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";

/** A version that is tried. */
export type Tried = {
  readonly playbook: CompiledPlaybook;
  /** What its decision tables answered since this was asked last; absent where nobody counts their rows. */
  readonly answered?: () => readonly TableTrace[];
};

/** How often the rows of one decision table fired. */
export type FiredRows = {
  readonly file: string;
  readonly decision: string;
  /** The table's own id, where the file gives it one: a decision may hold several tables. */
  readonly table?: string;
  /** Decisions in which it was asked. */
  asked: number;
  /** Row, from 1 -> decisions in which it fired. A row that is not here never did. */
  rows: Record<string, number>;
  /** Rows fired that there was no room to count. */
  isPartial?: boolean;
};

/** The version with its own compiled rules, which tell what tables answer: those that decide live tell nobody and stay quick. */
export const listeningTo = (playbook: CompiledPlaybook): Tried => {
  const { version, document } = playbook;
  if (document.decisionFunctions.length === 0) return { playbook };
  let answers: TableTrace[] = [];
  const rules = storedRules(document, (table) => {
    answers.push(table);
  });
  return {
    playbook: compilePlaybook(version, document, rules),
    answered: () => {
      const taken = answers;
      answers = [];
      return taken;
    },
  };
};

/** Two tables of the largest size: they are kept with the simulation, in one item. */
const MOST_ROWS = 20_000;

const placeFor = (tables: FiredRows[], { file, decision, id }: TableTrace): FiredRows => {
  const known = tables.find((one) => one.file === file && one.decision === decision && one.table === id);
  if (known !== undefined) return known;
  const made: FiredRows = { file, decision, ...(id === undefined ? {} : { table: id }), asked: 0, rows: {} };
  tables.push(made);
  return made;
};

/** Adds what the tables answered in one decision: however often it asked one, each of its rows counts once. */
export const countFired = (tables: FiredRows[], answers: readonly TableTrace[]): void => {
  const fired = new Map<FiredRows, Set<number>>();
  for (const answer of answers) {
    const place = placeFor(tables, answer);
    const rows = fired.get(place) ?? new Set();
    fired.set(place, rows);
    for (const row of answer.matchedRows) rows.add(row);
  }
  let room = MOST_ROWS - tables.reduce((sum, { rows }) => sum + Object.keys(rows).length, 0);
  for (const [place, rows] of fired) {
    place.asked += 1;
    for (const row of rows) {
      const before = place.rows[row];
      if (before === undefined && room <= 0) {
        place.isPartial = true;
        continue;
      }
      if (before === undefined) room -= 1;
      place.rows[row] = (before ?? 0) + 1;
    }
  }
};

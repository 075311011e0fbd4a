import type { Calls } from "#client/api.generated.ts";
import { type Grid, type GridRow, readGrids } from "#dmn/edit/grid.ts";

type Tables = Calls["GET /v1/simulations/{id}"]["answer"]["report"]["tables"];

/** How often the rows of a table fired when it was tried. */
export type RowCounts = {
  /** Decisions in which the table was asked. */
  readonly asked: number;
  /** More rows fired than were counted. */
  readonly isPartial: boolean;
  /** The counts of each row as it was tried, by its cells; of rows that are alike in their order. */
  readonly byCells: ReadonlyMap<string, readonly number[]>;
};

const NEVER = { asked: 0, rows: [], partial: false } as const;
const cellsOf = ({ cells }: GridRow): string => cells.join("\u0000");

/** What a table is told by: its decision, and its own id where it has one. */
export const tableName = ({ decision, id = "" }: Pick<Grid, "decision" | "id">): string =>
  `${decision}\u0000${id}`;

const gridsIn = (text: string): readonly Grid[] => {
  try {
    return readGrids(text);
  } catch {
    return [];
  }
};

const countsOf = ({ rows }: Grid, own: Tables[number] | typeof NEVER): RowCounts => {
  const fired = new Map(own.rows.map(({ row, decisions }) => [row, decisions]));
  const byCells = new Map<string, number[]>();
  for (const [index, row] of rows.entries()) {
    const counts = byCells.get(cellsOf(row)) ?? [];
    counts.push(fired.get(index + 1) ?? 0);
    byCells.set(cellsOf(row), counts);
  }
  return { asked: own.asked, isPartial: own.partial, byCells };
};

/**
 * The counts of a file's tables, by `tableName`. Two tables of one name have none: nobody can say which of them fired.
 * @param text the file as it was tried
 */
export const countsIn = (path: string, text: string, tables: Tables): ReadonlyMap<string, RowCounts> =>
  new Map(
    [...Map.groupBy(gridsIn(text), tableName)].flatMap(([name, [grid, ...others]]) => {
      if (grid === undefined || others.length > 0) return [];
      const found = tables.find(
        ({ file, decision, table }) =>
          file === path && tableName({ decision, ...(table === undefined ? {} : { id: table }) }) === name,
      );
      return [[name, countsOf(grid, found ?? NEVER)] as const];
    }),
  );

/** The count of each row as it stands now; null for one that is other than when it was tried. */
export const countsByRow = (rows: readonly GridRow[], { byCells }: RowCounts): readonly (number | null)[] => {
  const taken = new Map<string, number>();
  return rows.map((row) => {
    const cells = cellsOf(row);
    const place = taken.get(cells) ?? 0;
    taken.set(cells, place + 1);
    return byCells.get(cells)?.[place] ?? null;
  });
};

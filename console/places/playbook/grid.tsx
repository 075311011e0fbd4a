// biome-ignore-all lint/a11y/useSemanticElements: only the rows that are seen are there, which a table cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell alone can be reached by Tab, as the grid pattern has it
import type { CSSProperties } from "react";
import { classes } from "#console/ui/classes.ts";
import { useWords } from "#console/words/language.tsx";
import type { Grid as Table } from "#dmn/edit/grid.ts";
import type { Finding } from "./data.ts";
import { editorWords } from "./editor-words.ts";
import type { KnownNames } from "./forms/feel-completion.ts";
import styles from "./grid.module.css";
import { GridCell } from "./grid-cell.tsx";
import { useGridEditing } from "./grid-editing.ts";
import type { GridState } from "./grid-model.ts";

export type GridProps = {
  readonly table: Table;
  readonly state: GridState;
  readonly onChange: (state: GridState) => void;
  /** By row from 0. */
  readonly findings: ReadonlyMap<number, readonly Finding[]>;
  /** In how many decisions each row fired, null where nobody knows; undefined: nobody asked. */
  readonly fired: readonly (number | null)[] | undefined;
  /** What may stand in a column. */
  readonly names: (column: number) => KnownNames | null;
  readonly readOnly: boolean;
};

/** A column without a name of its own is the one that the decision is called after. */
const nameOf = (table: Table, { title }: Table["columns"][number]): string =>
  title === "" ? table.decision : title;

/** How many columns the style sheet lays out. */
const columnsStyle = (columns: number): CSSProperties => ({ ["--columns" as string]: columns });

/** A decision table that is edited by keyboard as a spreadsheet is (WAI-ARIA's grid pattern): one cell can be reached by Tab. */
export const DecisionGrid = ({ table, state, onChange, findings, fired, names, readOnly }: GridProps) => {
  const { words } = useWords(editorWords);
  const { rows } = state;
  const columns = table.columns.length;
  const { at, scroll, virtual, writing, goTo, write, end, onWrite, on } = useGridEditing({
    state,
    columns,
    onChange,
    readOnly,
  });
  return (
    <div
      ref={scroll}
      role="grid"
      aria-label={table.decision}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns + (fired === undefined ? 2 : 3)}
      aria-readonly={readOnly}
      className={classes(styles.grid, fired !== undefined && styles.counted)}
      style={columnsStyle(columns)}
      {...on}
      tabIndex={rows.length === 0 ? 0 : -1}
    >
      <GridHead table={table} isCounted={fired !== undefined} />
      {rows.length === 0 && <p className={styles.empty}>{words.emptyTable}</p>}
      <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            ref={virtual.measureElement}
            data-index={index}
            role="row"
            aria-rowindex={index + 2}
            className={classes(styles.row, index === at.row && styles.at)}
            style={{ transform: `translateY(${start}px)` }}
          >
            <span role="rowheader" className={styles.number}>
              {index + 1}
            </span>
            {table.columns.map((column, place) => (
              <GridCell
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                key={place}
                place={{ row: index, column: place }}
                label={nameOf(table, column)}
                text={rows[index]?.cells[place] ?? ""}
                kind={column.kind}
                active={index === at.row && place === at.column}
                writing={writing?.place.row === index && writing.place.column === place ? writing.text : null}
                names={() => names(place)}
                onWrite={(text) => onWrite({ row: index, column: place }, text)}
                onGo={goTo}
                onEdit={() => write()}
                onEnd={end}
              />
            ))}
            {fired !== undefined && <Fired count={fired[index] ?? null} />}
            <RowFindings findings={findings.get(index) ?? []} />
          </div>
        ))}
      </div>
    </div>
  );
};

const GridHead = ({ table, isCounted }: { readonly table: Table; readonly isCounted: boolean }) => {
  const { words } = useWords(editorWords);
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.row}>
        <span role="columnheader" className={styles.number}>
          <span className="unseen">{words.row}</span>
        </span>
        {table.columns.map((column, place) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            key={place}
            role="columnheader"
            className={classes(styles.title, styles[column.kind])}
            title={[column.expression, column.values].filter((text) => text !== undefined).join(" · ")}
          >
            <small>{words[column.kind]}</small> {nameOf(table, column)}
          </span>
        ))}
        {isCounted && (
          <span role="columnheader" className={styles.fired}>
            {words.firedColumn}
          </span>
        )}
        <span role="columnheader" className={styles.findings}>
          {words.findingsColumn}
        </span>
      </div>
    </div>
  );
};

const Fired = ({ count }: { readonly count: number | null }) => {
  const { words, formats } = useWords(editorWords);
  return (
    <span
      role="gridcell"
      className={styles.fired}
      title={count === null ? words.firedUnknown : undefined}
      data-fired={count ?? ""}
    >
      {count === null ? "–" : formats.number(count)}
    </span>
  );
};

const RowFindings = ({ findings }: { readonly findings: readonly Finding[] }) => (
  <span role="gridcell" className={styles.findings}>
    {findings.map(({ severity, code, message }) => (
      <span key={`${code} ${message}`} className={severity === "error" ? styles.error : styles.warning}>
        {message}
      </span>
    ))}
  </span>
);

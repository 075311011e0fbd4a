import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "#console/ui/button.tsx";
import { Choice } from "#console/ui/choice.tsx";
import { Section } from "#console/ui/panel.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { useWords } from "#console/words/language.tsx";
import { type Grid, readGrids } from "#dmn/edit/grid.ts";
import { writeGrid } from "#dmn/edit/write-grid.ts";
import { cellNames } from "./cell-names.ts";
import type { Finding } from "./data.ts";
import type { DraftEditor } from "./editing.ts";
import type { EditorProps } from "./editor-props.ts";
import { editorWords } from "./editor-words.ts";
import { isVersion } from "./files.ts";
import { AskedIn, FiredBar, useRowCounts } from "./fired.tsx";
import { traitsIn } from "./forms/known-names.ts";
import styles from "./grid.module.css";
import { DecisionGrid } from "./grid.tsx";
import {
  addRow,
  type GridState,
  isSameTable,
  moveRow,
  newGrid,
  redo,
  removeRow,
  undo,
} from "./grid-model.ts";
import type { OpenFile } from "./open-files.ts";
import { countsByRow, type RowCounts, tableName } from "./row-counts.ts";
import { useSimulation } from "./simulation.ts";
import { TextEditor } from "./text-editor.tsx";

/** Writing ten thousand rows back takes a moment: it waits for a pause, or for the page to be left. */
const PAUSE_MS = 250;

const tablesIn = (text: string): readonly Grid[] | null => {
  try {
    return readGrids(text);
  } catch {
    return null;
  }
};

type TableEditorProps = EditorProps & {
  /** The draft's, or a version's. */
  readonly draftId: string;
  readonly editor: DraftEditor;
  readonly files: ReadonlyMap<string, OpenFile>;
};

/** A file of decision tables: as grids, or as the text that it is. */
export const TableEditor = (props: TableEditorProps) => {
  const { words } = useWords(editorWords);
  const [view, setView] = useState<"table" | "text">("table");
  // Rows are counted in the text as it came: so a change and its undoing give the very text back.
  const [source, setSource] = useState(props.text);
  const tables = useMemo(() => tablesIn(source), [source]);
  const change = (next: "table" | "text"): void => {
    setSource(props.text);
    setView(next);
  };
  return (
    <div className={styles.table}>
      <div className={styles.views}>
        <Choice
          label={words.text}
          value={view}
          onChange={change}
          options={[
            { name: "table", title: words.asTable },
            { name: "text", title: words.asText },
          ]}
        />
      </div>
      {view === "text" && <TextEditor {...props} />}
      {view === "table" && tables === null && (
        <EmptyState title={words.badTable}>
          <Button onClick={() => change("text")}>{words.asText}</Button>
        </EmptyState>
      )}
      {view === "table" && tables?.length === 0 && <EmptyState title={words.noTables} />}
      {view === "table" && tables !== null && tables.length > 0 && (
        <Tables key={source} {...props} source={source} tables={tables} />
      )}
    </div>
  );
};

type TablesProps = TableEditorProps & { readonly source: string; readonly tables: readonly Grid[] };

/** All tables of a file. Each keeps its own way back. */
const Tables = (props: TablesProps) => {
  const { source, tables, text, findings, readOnly, onText } = props;
  const { words } = useWords(editorWords);
  const [states, setStates] = useState(() => tables.map(({ rows }) => newGrid(rows)));
  const latest = useRef(states);
  latest.current = states;
  const write = useRef(onText);
  write.current = onText;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const flush = useRef(() => {});
  flush.current = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    write.current(
      latest.current.reduce((written, { rows }, table) => writeGrid(written, table, rows), source),
    );
  };
  useEffect(
    () => () => {
      if (timer.current !== undefined) flush.current();
    },
    [],
  );
  const change = (table: number, next: GridState): void => {
    const before = latest.current[table];
    const after = latest.current.map((state, index) => (index === table ? next : state));
    latest.current = after;
    setStates(after);
    if (before === undefined || before.rows === next.rows || isSameTable(before.rows, next.rows)) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => flush.current(), PAUSE_MS);
  };
  const { files } = props;
  const names = useMemo(() => cellNames(source, () => traitsIn(files)), [source, files]);
  const simulation = useSimulation(props.draftId, props.editor);
  const counts = useRowCounts(props.path, simulation);
  const placed = useMemo(() => findingsByRow(tablesIn(text) ?? [], findings), [text, findings]);
  return (
    <>
      {!readOnly && <p className={styles.help}>{words.gridHelp}</p>}
      <FiredBar simulation={simulation} canAsk={!readOnly || isVersion(props.draftId)} />
      {tables.map((table, index) => {
        const state = states[index];
        return state === undefined ? null : (
          <OneTable
            key={table.table}
            table={table}
            state={state}
            findings={placed[index] ?? { rows: new Map(), rest: [] }}
            names={names}
            counts={counts.get(tableName(table))}
            readOnly={readOnly}
            onChange={(next) => change(index, next)}
          />
        );
      })}
    </>
  );
};

type Placed = { readonly rows: ReadonlyMap<number, readonly Finding[]>; readonly rest: readonly Finding[] };

type OneProps = {
  readonly table: Grid;
  readonly state: GridState;
  readonly findings: Placed;
  readonly names: ReturnType<typeof cellNames>;
  readonly counts: RowCounts | undefined;
  readonly readOnly: boolean;
  readonly onChange: (state: GridState) => void;
};

const OneTable = ({ table, state, findings, names, counts, readOnly, onChange }: OneProps) => {
  const { words, formats } = useWords(editorWords);
  const { at, rows } = state;
  const columns = table.columns.length;
  const fired = useMemo(() => (counts === undefined ? undefined : countsByRow(rows, counts)), [rows, counts]);
  return (
    <Section
      title={table.decision}
      aside={
        <span className={styles.help}>
          {words.hit}: {table.hitPolicy} · {formats.count(rows.length, words.rowsCount)}
          {counts !== undefined && <AskedIn counts={counts} />}
        </span>
      }
    >
      {findings.rest.map(({ code, message }) => (
        <p key={`${code} ${message}`} className={styles.warning}>
          {message}
        </p>
      ))}
      <DecisionGrid
        table={table}
        state={state}
        onChange={onChange}
        findings={findings.rows}
        fired={fired}
        names={(column) => names(table, rows, column)}
        readOnly={readOnly}
      />
      {!readOnly && (
        <div className={styles.tools}>
          <Button onClick={() => onChange(addRow(state, rows.length === 0 ? 0 : at.row + 1, columns))}>
            {words.addRow}
          </Button>
          <Button disabled={rows.length === 0} onClick={() => onChange(removeRow(state, at.row))}>
            {words.removeRow}
          </Button>
          <Button disabled={at.row === 0} onClick={() => onChange(moveRow(state, at.row, -1))}>
            {words.moveUp}
          </Button>
          <Button disabled={at.row >= rows.length - 1} onClick={() => onChange(moveRow(state, at.row, 1))}>
            {words.moveDown}
          </Button>
          <Button disabled={state.past.length === 0} onClick={() => onChange(undo(state))}>
            {words.undo}
          </Button>
          <Button disabled={state.future.length === 0} onClick={() => onChange(redo(state))}>
            {words.redo}
          </Button>
        </div>
      )}
    </Section>
  );
};

/** Each finding beside the row that it is about; those about a table as a whole apart. */
const findingsByRow = (tables: readonly Grid[], findings: readonly Finding[]): readonly Placed[] =>
  tables.map(({ line, lines }, index) => {
    const end = tables[index + 1]?.line ?? Number.POSITIVE_INFINITY;
    const rows = new Map<number, Finding[]>();
    const rest: Finding[] = [];
    for (const finding of findings) {
      const at = finding.beside ?? finding.line;
      if (at < line || at >= end) continue;
      const row = lines.findLastIndex((begin) => begin <= at);
      if (row === -1) rest.push(finding);
      else rows.set(row, [...(rows.get(row) ?? []), finding]);
    }
    return { rows, rest };
  });

import type { KeyboardEvent } from "react";
import { addRow, type GridState, moveRow, type Place, redo, removeRow, setCell, undo } from "./grid-model.ts";

type Acting = {
  readonly state: GridState;
  readonly columns: number;
  readonly readOnly: boolean;
  readonly goTo: (place: Place) => void;
  readonly change: (state: GridState) => void;
  readonly write: (text?: string) => void;
};

const PAGE_ROWS = 15;

const moves = ({ state: { at, rows }, columns }: Acting): Readonly<Record<string, Place>> => ({
  ArrowUp: { row: at.row - 1, column: at.column },
  ArrowDown: { row: at.row + 1, column: at.column },
  ArrowLeft: { row: at.row, column: at.column - 1 },
  ArrowRight: { row: at.row, column: at.column + 1 },
  PageUp: { row: at.row - PAGE_ROWS, column: at.column },
  PageDown: { row: at.row + PAGE_ROWS, column: at.column },
  Home: { row: at.row, column: 0 },
  End: { row: at.row, column: columns - 1 },
  "mod+Home": { row: 0, column: 0 },
  "mod+End": { row: rows.length - 1, column: columns - 1 },
});

const changes = ({ state, columns, change }: Acting): Readonly<Record<string, () => void>> => {
  const { at, rows } = state;
  return {
    "mod+z": () => change(undo(state)),
    "mod+shift+z": () => change(redo(state)),
    "mod+y": () => change(redo(state)),
    "mod+Enter": () => change(addRow(state, rows.length === 0 ? 0 : at.row + 1, columns)),
    "mod+Backspace": () => change(removeRow(state, at.row)),
    "mod+Delete": () => change(removeRow(state, at.row)),
    "alt+ArrowUp": () => change(moveRow(state, at.row, -1)),
    "alt+ArrowDown": () => change(moveRow(state, at.row, 1)),
    ...Object.fromEntries(["Delete", "Backspace"].map((key) => [key, () => change(setCell(state, at, ""))])),
  };
};

/** What a key does in the grid; undefined: nothing, and the page or the browser may have it. */
export const gridKeys = (event: KeyboardEvent, acting: Acting): (() => void) | undefined => {
  const mod = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const name = `${mod ? "mod+" : ""}${event.altKey ? "alt+" : ""}${mod && event.shiftKey ? "shift+" : ""}${key}`;
  const place = moves(acting)[name];
  if (place !== undefined) return () => acting.goTo(place);
  if (acting.readOnly) return undefined;
  const change = changes(acting)[name];
  if (change !== undefined) return change;
  if (name === "Enter" || name === "F2") return () => acting.write();
  // A letter begins the cell anew, as in a spreadsheet.
  return event.key.length === 1 && !mod && !event.altKey ? () => acting.write(event.key) : undefined;
};

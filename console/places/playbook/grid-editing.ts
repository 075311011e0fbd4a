import { useVirtualizer } from "@tanstack/react-virtual";
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { gridKeys } from "./grid-keys.ts";
import { type GridState, nearest, type Place, paste, readClipboard, setCell } from "./grid-model.ts";

/** Before a row is measured; a line of text with its edges. */
const ROW_PX = 32;

/** A cell that is being written, and what stands in it so far. */
type Writing = { readonly place: Place; readonly text: string };

type Edited = {
  readonly state: GridState;
  readonly columns: number;
  readonly onChange: (state: GridState) => void;
  readonly readOnly: boolean;
};

/** The rows that are seen, and the focus, which follows where one stands in the table once that is on the page. */
const useShownRows = (rows: number, at: Place, isWriting: boolean) => {
  const scroll = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  useEffect(() => {
    if (!wantsFocus.current || isWriting) return;
    const cell = scroll.current?.querySelector<HTMLElement>(`[data-cell="${at.row}-${at.column}"]`);
    if (cell == null) return;
    wantsFocus.current = false;
    cell.focus();
  });
  const focus = (row?: number): void => {
    wantsFocus.current = true;
    if (row !== undefined) virtual.scrollToIndex(row);
  };
  return { scroll, virtual, focus };
};

/** What keys, clipboard and mouse do with a table. */
export const useGridEditing = ({ state, columns, onChange, readOnly }: Edited) => {
  const [writing, setWriting] = useState<Writing | null>(null);
  /** A line that is taken away loses the focus, and must not end its writing a second time. */
  const isOpen = useRef(false);
  const { rows } = state;
  const at = nearest(rows, state.at, columns);
  const { scroll, virtual, focus } = useShownRows(rows.length, at, writing !== null);
  const goTo = (place: Place): void => {
    const next = nearest(rows, place, columns);
    focus(next.row);
    onChange({ ...state, at: next });
  };
  const change = (next: GridState): void => {
    focus();
    onChange(next);
  };
  const write = (text?: string): void => {
    if (readOnly || rows.length === 0) return;
    isOpen.current = true;
    setWriting({ place: at, text: text ?? rows[at.row]?.cells[at.column] ?? "" });
  };
  /** Ends the writing in a cell: what stands there is taken, or not, and one goes on from there. */
  const end = (text: string | null, by: Place): void => {
    if (!isOpen.current) return;
    isOpen.current = false;
    setWriting(null);
    const next = text === null ? state : setCell(state, at, text.trim());
    change({
      ...next,
      at: nearest(next.rows, { row: at.row + by.row, column: at.column + by.column }, columns),
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (writing !== null) return;
    const act = gridKeys(event, { state: { ...state, at }, columns, readOnly, goTo, change, write });
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (writing !== null || readOnly) return;
    event.preventDefault();
    const cells = readClipboard(event.clipboardData.getData("text/plain"));
    change(paste({ ...state, at }, at, cells, columns));
  };
  const onCopy = (event: ClipboardEvent): void => {
    if (writing !== null) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", rows[at.row]?.cells[at.column] ?? "");
  };
  const onWrite = (place: Place, text: string): void => setWriting({ place, text });
  return { at, scroll, virtual, writing, goTo, write, end, onWrite, on: { onKeyDown, onPaste, onCopy } };
};

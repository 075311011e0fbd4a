// biome-ignore-all lint/a11y/useSemanticElements: only the rows that are seen are there, which a table cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell alone can be reached by Tab, as the grid pattern has it
import type { KeyboardEvent } from "react";
import { classes } from "#console/ui/classes.ts";
import type { GridColumn } from "#dmn/edit/grid.ts";
import styles from "./grid.module.css";
import type { Place } from "./grid-model.ts";

type CellProps = {
  readonly place: Place;
  readonly label: string;
  readonly text: string;
  readonly kind: GridColumn["kind"];
  readonly active: boolean;
  /** What stands in it while it is written; null: it is not. */
  readonly writing: string | null;
  readonly onWrite: (text: string) => void;
  readonly onGo: (place: Place) => void;
  readonly onEdit: () => void;
  /** What was written, null for nothing, and where to go from there. */
  readonly onEnd: (text: string | null, by: Place) => void;
};

const HERE: Place = { row: 0, column: 0 };

/** Where one goes by the key that ends the writing. */
const endBy = ({ key, shiftKey }: KeyboardEvent): Place | undefined => {
  if (key === "Enter") return { row: shiftKey ? -1 : 1, column: 0 };
  if (key === "Tab") return { row: 0, column: shiftKey ? -1 : 1 };
  return undefined;
};

/** A cell of the grid, or the line in which it is written. */
export const GridCell = ({ place, label, text, kind, active, writing, ...on }: CellProps) => {
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    // The line is the cell's own: what the grid does by keys, and the page, waits until it is written.
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const by = endBy(event);
    if (event.key !== "Escape" && by === undefined) return;
    event.preventDefault();
    if (by === undefined) on.onEnd(null, HERE);
    else on.onEnd(event.currentTarget.value, by);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the grid's
    <div
      role="gridcell"
      aria-colindex={place.column + 2}
      data-cell={`${place.row}-${place.column}`}
      className={classes(styles.cell, styles[kind])}
      tabIndex={active && writing === null ? 0 : -1}
      onClick={() => {
        if (writing === null) on.onGo(place);
      }}
      onDoubleClick={on.onEdit}
    >
      {writing === null ? (
        text
      ) : (
        <input
          className={styles.line}
          aria-label={label}
          spellCheck={false}
          autoComplete="off"
          value={writing}
          onChange={(event) => on.onWrite(event.target.value)}
          onKeyDown={press}
          onBlur={(event) => on.onEnd(event.target.value, HERE)}
          // biome-ignore lint/a11y/noAutofocus: it opens because somebody wants to type
          autoFocus
        />
      )}
    </div>
  );
};

// biome-ignore-all lint/a11y/useSemanticElements: only the rows that are seen are there, which a table cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell alone can be reached by Tab, as the grid pattern has it
import { classes } from "#console/ui/classes.ts";
import type { GridColumn } from "#dmn/edit/grid.ts";
import type { KnownNames } from "./forms/feel-completion.ts";
import styles from "./grid.module.css";
import { GridLine } from "./grid-line.tsx";
import type { Place } from "./grid-model.ts";

type CellProps = {
  readonly place: Place;
  readonly label: string;
  readonly text: string;
  readonly kind: GridColumn["kind"];
  readonly active: boolean;
  /** What stands in it while it is written; null: it is not. */
  readonly writing: string | null;
  /** What may stand in it, asked for once it is written. */
  readonly names: () => KnownNames | null;
  readonly onWrite: (text: string) => void;
  readonly onGo: (place: Place) => void;
  readonly onEdit: () => void;
  /** What was written, null for nothing, and where to go from there. */
  readonly onEnd: (text: string | null, by: Place) => void;
};

/** A cell of the grid, or the line in which it is written. */
export const GridCell = ({ place, label, text, kind, active, writing, names, ...on }: CellProps) => {
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
      onDoubleClick={() => {
        if (writing === null) on.onEdit();
      }}
    >
      {writing === null ? (
        text
      ) : (
        <GridLine label={label} text={writing} names={names} onWrite={on.onWrite} onEnd={on.onEnd} />
      )}
    </div>
  );
};

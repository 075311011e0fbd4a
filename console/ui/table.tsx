import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import styles from "./table.module.css";

/** A column: its head, and what stands in it for a row. */
export type Column<Row> = {
  readonly name: string;
  readonly head: string;
  /** Figures stand at the right, so that they can be compared. */
  readonly figure?: boolean;
  readonly cell: (row: Row) => ReactNode;
};

type TableProps<Row> = {
  /** What the table shows, read out before it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Where it is too narrow each row stands as a card, head beside cell: for rows that are read, not for figures that are compared. */
  readonly cards?: boolean;
};

const figureOf = ({ figure = false }: { readonly figure?: boolean }) => (figure ? { "data-figure": "" } : {});

/** What is laid out as a card is a table to a reader all the same: browsers forget that with the layout. */
const as = (cards: boolean, role: string) => (cards ? { role } : {});

/** A table whose first column names its rows. */
export const Table = <Row,>({ caption, columns, rows, rowKey, cards = false }: TableProps<Row>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
  <section className={styles.scroll} tabIndex={0}>
    <table className={classes(styles.table, cards && styles.cards)} {...as(cards, "table")}>
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr {...as(cards, "row")}>
          {columns.map((column) => (
            <th key={column.name} scope="col" {...as(cards, "columnheader")} {...figureOf(column)}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} {...as(cards, "row")}>
            {columns.map((column, place) =>
              place === 0 ? (
                <th key={column.name} scope="row" {...as(cards, "rowheader")} {...figureOf(column)}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.name} data-head={column.head} {...as(cards, "cell")} {...figureOf(column)}>
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

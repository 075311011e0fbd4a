import type { ReactNode } from "react";
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
};

const figureOf = ({ figure = false }: { readonly figure?: boolean }) => (figure ? { "data-figure": "" } : {});

/** A table whose first column names its rows. */
export const Table = <Row,>({ caption, columns, rows, rowKey }: TableProps<Row>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
  <section className={styles.scroll} tabIndex={0}>
    <table className={styles.table}>
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.name} scope="col" {...figureOf(column)}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map((column, place) =>
              place === 0 ? (
                <th key={column.name} scope="row" {...figureOf(column)}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.name} {...figureOf(column)}>
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

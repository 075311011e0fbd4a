import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { Table } from "#console/ui/table.tsx";
import { useWords } from "#console/words/language.tsx";
import { diffLines, linesOf } from "#domain/draft/merge/line-diff.ts";
import styles from "./draft.module.css";
import { reviewWords } from "./review-words.ts";
import { diffTables } from "./table-diff.ts";

type DiffProps = {
  readonly draftId: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
};

/** What became of a file: of decision tables by rows and cells where nothing else changed, else line by line. */
export const FileDiff = ({ draftId, path, before, after }: DiffProps) => {
  const cells = useMemo(
    () => (path.endsWith(".dmn") ? diffTables(before, after) : null),
    [path, before, after],
  );
  return (
    <article className={styles.diff} aria-label={path}>
      <Link to="/playbook/$draftId" params={{ draftId }} search={{ file: path }}>
        <code>{path}</code>
      </Link>
      {cells === null ? (
        <Lines path={path} before={before} after={after} />
      ) : (
        <Cells path={path} cells={cells} />
      )}
    </article>
  );
};

type CellsProps = { readonly path: string; readonly cells: NonNullable<ReturnType<typeof diffTables>> };

const Cells = ({ path, cells }: CellsProps) => {
  const { words } = useWords(reviewWords);
  return (
    <Table
      caption={path}
      rows={cells}
      rowKey={({ decision, row, column, kind }) => `${decision} ${row} ${column} ${kind}`}
      columns={[
        { name: "where", head: words.where, cell: ({ decision, row }) => `${decision}, ${words.row} ${row}` },
        {
          name: "column",
          head: words.column,
          cell: ({ column, kind }) => (kind === "cell" ? column : words[kind]),
        },
        { name: "before", head: words.before, cell: ({ before }) => <code>{before}</code> },
        { name: "after", head: words.after, cell: ({ after }) => <code>{after}</code> },
      ]}
    />
  );
};

/** Lines around a change that show where it stands. */
const AROUND = 2;

type Line = { readonly kind: "same" | "gone" | "new"; readonly text: string };

const linesOfDiff = (before: string, after: string): readonly Line[] => {
  const [old, now] = [linesOf(before), linesOf(after)];
  const as = (kind: Line["kind"], lines: readonly string[]): readonly Line[] =>
    lines.map((text) => ({ kind, text }));
  return diffLines(old, now).flatMap(({ from, end, otherFrom, otherEnd }) => [
    ...as("same", old.slice(Math.max(0, from - AROUND), from)),
    ...as("gone", old.slice(from, end)),
    ...as("new", now.slice(otherFrom, otherEnd)),
    ...as("same", old.slice(end, end + AROUND)),
  ]);
};

const SIGNS: Readonly<Record<Line["kind"], string>> = { same: " ", gone: "−", new: "+" };

const Lines = ({ path, before, after }: Omit<DiffProps, "draftId">) => {
  const { words } = useWords(reviewWords);
  const lines = useMemo(() => linesOfDiff(before, after), [before, after]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section tabIndex={0} aria-label={`${words.before}, ${words.after}: ${path}`} className={styles.lines}>
      {lines.map(({ kind, text }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines repeat
        <div key={place} data-kind={kind}>
          <span aria-hidden="true">{SIGNS[kind]}</span>
          {kind !== "same" && <span className="unseen">{kind === "gone" ? words.before : words.after}</span>}
          <code>{text.replace(/\n$/, "")}</code>
        </div>
      ))}
    </section>
  );
};

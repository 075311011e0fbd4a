import { useMemo } from "react";
import { useMay } from "#console/data/session.ts";
import { Button } from "#console/ui/button.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { useWords } from "#console/words/language.tsx";
import { editorWords } from "./editor-words.ts";
import styles from "./grid.module.css";
import { countsIn, type RowCounts } from "./row-counts.ts";
import type { Simulation } from "./simulation.ts";

const NONE: ReadonlyMap<string, RowCounts> = new Map();

/** How often the rows of a file's tables fired in the last simulation, by `tableName`. */
export const useRowCounts = (path: string, { found, texts }: Simulation): ReadonlyMap<string, RowCounts> =>
  useMemo(
    () => (found?.status === "done" ? countsIn(path, texts.get(path) ?? "", found.report.tables) : NONE),
    [path, found, texts],
  );

/** Asks how often rows fire, and says what the counts are of. */
export const FiredBar = ({
  simulation,
  canAsk,
}: {
  readonly simulation: Simulation;
  readonly canAsk: boolean;
}) => {
  const { words, formats } = useWords(editorWords);
  const may = useMay("simulate");
  const { found, isRunning, error } = simulation;
  const isDone = found?.status === "done";
  if (!isDone && !(may && canAsk)) return null;
  return (
    <>
      <p className={styles.tools}>
        {may && canAsk && (
          <Button disabled={isRunning} onClick={simulation.start}>
            {isRunning ? words.countingFired : isDone ? words.countFiredAgain : words.countFired}
          </Button>
        )}
        <span className={styles.help} role="status">
          {isDone &&
            words.firedIn(
              formats.count(found.report.decisions, words.decisionsCount),
              formats.ago(found.updatedAt, Date.now()),
            )}
          {found?.status === "failed" && `${words.countFailed} ${found.reason ?? ""}`}
        </span>
      </p>
      {error !== null && <ProblemState error={error} />}
    </>
  );
};

/** In how many decisions a table was asked. */
export const AskedIn = ({ counts: { asked, isPartial } }: { readonly counts: RowCounts }) => {
  const { words, formats } = useWords(editorWords);
  return (
    <>
      {" · "}
      {words.askedIn(formats.count(asked, words.decisionsCount))}
      {isPartial && ` · ${words.firedPartly}`}
    </>
  );
};

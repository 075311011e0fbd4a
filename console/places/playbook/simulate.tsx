import { useMay } from "#console/data/session.ts";
import { Button } from "#console/ui/button.tsx";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { Table } from "#console/ui/table.tsx";
import { useWords } from "#console/words/language.tsx";
import type { Simulated } from "./data.ts";
import styles from "./draft.module.css";
import type { Draft, DraftEditor } from "./editing.ts";
import { reviewWords } from "./review-words.ts";
import { useSimulation } from "./simulation.ts";

/** Tries a draft on the decisions of the last days. */
export const Simulate = ({ draft, editor }: { readonly draft: Draft; readonly editor: DraftEditor }) => {
  const { words } = useWords(reviewWords);
  const may = useMay("simulate");
  const simulation = useSimulation(draft.draftId, editor);
  if (!may) return null;
  const { isRunning, found } = simulation;
  return (
    <Section
      title={words.simulate}
      aside={
        <Button disabled={isRunning} onClick={simulation.start}>
          {isRunning ? words.simulating : words.simulate}
        </Button>
      }
    >
      <p className={look.small}>{words.simulateHint}</p>
      {simulation.error !== null && <ProblemState error={simulation.error} />}
      <div role="status">{found?.status === "done" && <Result simulation={found} />}</div>
      {found?.status === "failed" && (
        <p className={look.wrong} role="alert">
          {words.simulationFailed} {found.reason}
        </p>
      )}
    </Section>
  );
};

const Result = ({ simulation }: { readonly simulation: Simulated }) => {
  const { words, formats } = useWords(reviewWords);
  const { decisions, changed, actions, nothing } = simulation.report;
  if (decisions === 0) return <p>{words.simulatedNothing}</p>;
  // What changes stands first: of the rest there is most, and nobody looks for it.
  const rows = [...actions, { action: words.nothingChosen, ...nothing }]
    .filter(({ before, after }) => before !== 0 || after !== 0)
    .toSorted((one, other) => Number(other.before !== other.after) - Number(one.before !== one.after));
  return (
    <div className={styles.result}>
      <p>
        <strong>{words.simulated(formats.number(changed), formats.number(decisions))}</strong>
      </p>
      <Table
        caption={words.simulatedList}
        rows={rows}
        rowKey={({ action }) => action}
        columns={[
          { name: "action", head: words.actionColumn, cell: ({ action }) => action },
          { name: "now", head: words.nowColumn, figure: true, cell: ({ before }) => formats.number(before) },
          {
            name: "draft",
            head: words.draftColumn,
            figure: true,
            cell: ({ after }) => formats.number(after),
          },
        ]}
      />
    </div>
  );
};

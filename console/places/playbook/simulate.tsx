import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "#console/data/api.ts";
import { useMay } from "#console/data/session.ts";
import { Button } from "#console/ui/button.tsx";
import { Section } from "#console/ui/panel.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { Table } from "#console/ui/table.tsx";
import { useWords } from "#console/words/language.tsx";
import type { Simulated } from "./data.ts";
import styles from "./draft.module.css";
import type { Draft, DraftEditor } from "./editing.ts";
import { reviewWords } from "./review-words.ts";

const ASK_AGAIN_MS = 700;

/** Tries a draft on the decisions of the last days. */
export const Simulate = ({ draft, editor }: { readonly draft: Draft; readonly editor: DraftEditor }) => {
  const { words } = useWords(reviewWords);
  const may = useMay("simulate");
  const [id, setId] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: async () => {
      await editor.flush();
      const { version } = await call("POST /v1/drafts/{id}/keep", { path: { id: draft.draftId } });
      return call("POST /v1/playbooks/{version}/simulate", { path: { version }, body: {} });
    },
    onSuccess: ({ simulationId }) => setId(simulationId),
  });
  const simulation = useQuery({
    queryKey: ["GET /v1/simulations/{id}", id],
    queryFn: () => call("GET /v1/simulations/{id}", { path: { id: id ?? "" } }),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.status === "running" ? ASK_AGAIN_MS : false),
  });
  if (!may) return null;
  const isRunning = start.isPending || simulation.data?.status === "running";
  return (
    <Section
      title={words.simulate}
      aside={
        <Button disabled={isRunning} onClick={() => start.mutate()}>
          {isRunning ? words.simulating : words.simulate}
        </Button>
      }
    >
      <p className={styles.quiet}>{words.simulateHint}</p>
      {start.isError && <ProblemState error={start.error} />}
      <div role="status">{simulation.data?.status === "done" && <Result simulation={simulation.data} />}</div>
      {simulation.data?.status === "failed" && (
        <p className={styles.wrong} role="alert">
          {words.simulationFailed} {simulation.data.reason}
        </p>
      )}
    </Section>
  );
};

const Result = ({ simulation }: { readonly simulation: Simulated }) => {
  const { words, formats } = useWords(reviewWords);
  const { decisions, changed, actions, nothing } = simulation.report;
  if (decisions === 0) return <p>{words.simulatedNothing}</p>;
  const rows = [...actions, { action: words.nothingChosen, ...nothing }].filter(
    ({ before, after }) => before !== 0 || after !== 0,
  );
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

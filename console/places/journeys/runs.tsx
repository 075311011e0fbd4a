import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Journey, Run } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { profileQuery, titleOf } from "#console/data/profile.ts";
import { useMay } from "#console/data/session.ts";
import { Badge } from "#console/ui/badge.tsx";
import { Button } from "#console/ui/button.tsx";
import { Menu, MenuItem } from "#console/ui/menu.tsx";
import { Section } from "#console/ui/panel.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { EmptyState, Loading } from "#console/ui/states.tsx";
import { Table } from "#console/ui/table.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { runsQuery } from "./data.ts";
import { CancelDialog, MoveDialog } from "./run-dialogs.tsx";
import { useTold } from "./told.ts";
import { journeyWords } from "./words.ts";

const NAMES_FRESH_MS = 600_000;

/** Who is inside, or at one step, and what can be done with each. */
export const Runs = ({
  journey,
  step,
  onAll,
}: {
  readonly journey: Journey;
  readonly step: string | undefined;
  readonly onAll: () => void;
}) => {
  const { words } = useWords(journeyWords);
  const { words: usual } = useWords(everywhere);
  const pages = useInfiniteQuery(runsQuery(journey.journey, step));
  const runs = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Section
      title={step === undefined ? words.whoIn : words.whoAt(step)}
      aside={
        step !== undefined && (
          <Button look="plain" onClick={onAll}>
            {words.showAll}
          </Button>
        )
      }
    >
      {pages.isPending ? (
        <Loading label={usual.loading} />
      ) : pages.isError && runs.length === 0 ? (
        <ProblemState error={pages.error} retry={() => void pages.refetch()} />
      ) : runs.length === 0 ? (
        <EmptyState title={words.nobodyTitle}>
          <p>{words.nobodyHere}</p>
        </EmptyState>
      ) : (
        <RunTable journey={journey} runs={runs} />
      )}
      {pages.hasNextPage && (
        <p>
          <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {usual.more}
          </Button>
        </p>
      )}
    </Section>
  );
};

type Asking = { readonly what: "move" | "cancel"; readonly run: Run } | null;

const RunTable = ({ journey, runs }: { readonly journey: Journey; readonly runs: readonly Run[] }) => {
  const { words, formats } = useWords(journeyWords);
  const [asking, ask] = useState<Asking>(null);
  const mayLead = useMay("pauseRun");
  const now = Date.now();
  const close = (): void => ask(null);
  return (
    <>
      <Table
        cards
        caption={words.whoIn}
        rows={runs}
        rowKey={({ runId }) => runId}
        columns={[
          { name: "customer", head: words.customer, cell: (run) => <Customer run={run} /> },
          {
            name: "step",
            head: words.step,
            cell: (run) => (
              <>
                {run.step} {run.pausedAt !== undefined && <Badge tone="wait">{words.paused}</Badge>}
              </>
            ),
          },
          {
            name: "since",
            head: words.since,
            cell: ({ since }) => <time dateTime={since}>{formats.ago(since, now)}</time>,
          },
          {
            name: "due",
            head: words.due,
            cell: ({ due }) => (due === undefined ? words.dueNever : formats.moment(due)),
          },
          ...(mayLead
            ? [
                {
                  name: "acts",
                  head: words.acts,
                  figure: true,
                  cell: (run: Run) => (
                    <RunActs name={journey.journey} run={run} onAsk={(what) => ask({ what, run })} />
                  ),
                },
              ]
            : []),
        ]}
      />
      <MoveDialog journey={journey} run={asking?.what === "move" ? asking.run : null} onClose={close} />
      <CancelDialog journey={journey} run={asking?.what === "cancel" ? asking.run : null} onClose={close} />
    </>
  );
};

const Customer = ({ run: { customerId } }: { readonly run: Run }) => {
  const profile = useQuery({ ...profileQuery(customerId), staleTime: NAMES_FRESH_MS });
  return (
    <Link to="/customers/$customerId" params={{ customerId }}>
      <bdi>{profile.data === undefined ? customerId : titleOf(profile.data)}</bdi>
    </Link>
  );
};

const RunActs = ({
  name,
  run: { runId, customerId, pausedAt },
  onAsk,
}: {
  readonly name: string;
  readonly run: Run;
  readonly onAsk: (what: "move" | "cancel") => void;
}) => {
  const { words } = useWords(journeyWords);
  const told = useTold(words.told);
  const isPaused = pausedAt !== undefined;
  const turn = (): void =>
    told.mutate(() =>
      call(
        isPaused
          ? "POST /v1/journeys/{name}/runs/{runId}/resume"
          : "POST /v1/journeys/{name}/runs/{runId}/pause",
        { path: { name, runId } },
      ),
    );
  return (
    <Menu
      trigger={
        <Button look="plain" icon aria-label={words.actsFor(customerId)} disabled={told.isPending}>
          …
        </Button>
      }
    >
      <MenuItem onSelect={turn}>{isPaused ? words.resume : words.pause}</MenuItem>
      <MenuItem onSelect={() => onAsk("move")}>{words.move}</MenuItem>
      <MenuItem onSelect={() => onAsk("cancel")}>{words.cancel}</MenuItem>
    </Menu>
  );
};

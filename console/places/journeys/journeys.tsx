import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Journey } from "#client/api.generated.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Badge } from "#console/ui/badge.tsx";
import { Page } from "#console/ui/page.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { Table } from "#console/ui/table.tsx";
import { useWords } from "#console/words/language.tsx";
import { journeysQuery } from "./data.ts";
import { leftOf, oldestOf } from "./sums.ts";
import { journeyWords } from "./words.ts";

/** All journeys of the live playbook, with how many are in each. */
export const Journeys = () => {
  const { words } = useWords(journeyWords);
  return (
    <Page title={words.title}>
      <p>{words.hint}</p>
      <Asked query={useQuery(journeysQuery())}>{({ items }) => <JourneyTable journeys={items} />}</Asked>
    </Page>
  );
};

const JourneyTable = ({ journeys }: { readonly journeys: readonly Journey[] }) => {
  const { words, formats } = useWords(journeyWords);
  if (journeys.length === 0)
    return (
      <EmptyState title={words.noneTitle}>
        <p>{words.none}</p>
      </EmptyState>
    );
  return (
    <Table
      cards
      caption={words.title}
      rows={journeys}
      rowKey={({ journey }) => journey}
      columns={[
        {
          name: "name",
          head: words.name,
          cell: ({ journey }) => (
            <Link to="/journeys/$name" params={{ name: journey }}>
              {journey}
            </Link>
          ),
        },
        {
          name: "state",
          head: words.state,
          cell: ({ still }) => (still ? <Badge tone="wait">{words.still}</Badge> : words.runs),
        },
        {
          name: "oldest",
          head: words.oldest,
          cell: (journey) => {
            const oldest = oldestOf(journey);
            return oldest === null ? "–" : formats.ago(oldest, Date.now());
          },
        },
        { name: "inside", head: words.inside, figure: true, cell: ({ inside }) => formats.number(inside) },
        {
          name: "entered",
          head: words.entered,
          figure: true,
          cell: ({ entered }) => formats.number(entered),
        },
        {
          name: "exited",
          head: words.exited,
          figure: true,
          cell: (journey) => formats.number(leftOf(journey)),
        },
      ]}
    />
  );
};

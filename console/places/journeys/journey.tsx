import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Journey } from "#client/api.generated.ts";
import { RapportProblem } from "#client/problem.ts";
import { playbookQuery } from "#console/data/playbook.ts";
import { useMay } from "#console/data/session.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Badge } from "#console/ui/badge.tsx";
import { Button } from "#console/ui/button.tsx";
import { type Figure, Figures } from "#console/ui/figures.tsx";
import { Page } from "#console/ui/page.tsx";
import { Section } from "#console/ui/panel.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { wordFor } from "#console/words/catalogue.ts";
import { useWords } from "#console/words/language.tsx";
import { journeyQuery } from "./data.ts";
import { flowOf } from "./flow.ts";
import { Graph } from "./graph.tsx";
import { LeadDialog } from "./lead.tsx";
import { Runs } from "./runs.tsx";
import { leftOf } from "./sums.ts";
import { WholeDialog } from "./whole.tsx";
import { journeyWords } from "./words.ts";

const route = getRouteApi("/journeys/$name");

/** One journey: its steps with who stands there, and what can be done with them. */
export const JourneyPage = () => {
  const { words } = useWords(journeyWords);
  const { name } = route.useParams();
  const journey = useQuery(journeyQuery(name));
  const { error } = journey;
  if (error instanceof RapportProblem && (error.status === 404 || error.status === 400))
    return (
      <Page title={words.title}>
        <EmptyState title={words.goneTitle}>
          <p>{words.gone}</p>
          <Link to="/journeys">{words.all}</Link>
        </EmptyState>
      </Page>
    );
  if (journey.data === undefined)
    return (
      <Page title={name}>
        <Asked query={journey}>{() => null}</Asked>
      </Page>
    );
  return <Known journey={journey.data} />;
};

type Open = "whole" | "lead" | null;

const Known = ({ journey }: { readonly journey: Journey }) => {
  const { words } = useWords(journeyWords);
  const { step } = route.useSearch();
  const navigate = route.useNavigate();
  const [open, setOpen] = useState<Open>(null);
  const playbook = useQuery(playbookQuery());
  const mayStop = useMay(journey.still ? "resumeJourney" : "pauseJourney");
  const mayLead = useMay("startRun");
  const flow = flowOf(playbook.data?.files ?? {}, journey.journey);
  const choose = (name: string | undefined): void =>
    void navigate({ search: name === undefined ? {} : { step: name }, replace: true, resetScroll: false });
  return (
    <Page
      title={journey.journey}
      aside={
        <>
          {journey.still && <Badge tone="wait">{words.still}</Badge>}
          {mayLead && <Button onClick={() => setOpen("lead")}>{words.lead}</Button>}
          {mayStop && (
            <Button onClick={() => setOpen("whole")}>
              {journey.still ? words.resumeJourney : words.pauseJourney}
            </Button>
          )}
        </>
      }
    >
      <Sums journey={journey} />
      <Section title={words.flow}>
        <p>{words.flowHint}</p>
        {playbook.data !== undefined && (
          <Graph journey={journey} flow={flow} chosen={step} onChoose={choose} />
        )}
      </Section>
      <Runs journey={journey} step={step} onAll={() => choose(undefined)} />
      <WholeDialog journey={journey} open={open === "whole"} onClose={() => setOpen(null)} />
      <LeadDialog journey={journey} open={open === "lead"} onClose={() => setOpen(null)} />
    </Page>
  );
};

/** Who is inside, who came, how they left; and those who are told nothing. */
const Sums = ({ journey }: { readonly journey: Journey }) => {
  const { words, formats } = useWords(journeyWords);
  const { inside, entered, exited, holdout } = journey;
  const left = Object.entries(exited).map(
    ([how, count]) => `${wordFor(words.ends, how)} ${formats.number(count)}`,
  );
  const figures: Figure[] = [
    { name: words.inside, value: formats.number(inside) },
    { name: words.entered, value: formats.number(entered) },
    { name: words.exited, value: formats.number(leftOf(journey)), said: left.join(" · ") },
  ];
  if (holdout !== undefined)
    figures.push({
      name: words.holdout(formats.percent(holdout.share)),
      value: formats.number(holdout.inside),
      said: `${words.entered} ${formats.number(holdout.entered)} · ${words.exited} ${formats.number(leftOf(holdout))}`,
    });
  return <Figures figures={figures} />;
};

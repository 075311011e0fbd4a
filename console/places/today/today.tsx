import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  daysBetween,
  happenedIn,
  refusalsByReason,
  type Span,
  sumOf,
  sumsByDay,
  sumsByKey,
} from "#console/data/report-sums.ts";
import { reportQuery, type WholeReport } from "#console/data/reports.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Choice } from "#console/ui/choice.tsx";
import { Figures } from "#console/ui/figures.tsx";
import look from "#console/ui/look.module.css";
import { Page } from "#console/ui/page.tsx";
import { Section } from "#console/ui/panel.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { useWords } from "#console/words/language.tsx";
import { Health } from "./health.tsx";
import { ChannelTable, RefusalTable } from "./tables.tsx";
import styles from "./today.module.css";
import { Waiting } from "./waiting.tsx";
import { todayWords } from "./words.ts";

const WEEK = 7;
/** Counts are made by batches of half a minute: asked for more often, they would be the same. */
const AGAIN_MS = 30_000;

/** What left, what was answered, what was held back and why. */
export const Today = () => {
  const { words } = useWords(todayWords);
  const [span, setSpan] = useState<Span>("day");
  const report = useQuery({ ...reportQuery(["channel"], WEEK), refetchInterval: AGAIN_MS });
  return (
    <Page
      title={words.title}
      aside={
        <Choice
          label={words.span}
          value={span}
          onChange={setSpan}
          options={[
            { name: "hour", title: words.hour },
            { name: "day", title: words.day },
            { name: "week", title: words.week },
          ]}
        />
      }
    >
      <Asked query={report}>{(data) => <Told report={data} span={span} />}</Asked>
      <Health />
    </Page>
  );
};

const Told = ({ report, span }: { readonly report: WholeReport; readonly span: Span }) => {
  const { words, formats } = useWords(todayWords);
  const { lines, refused } = happenedIn(report, span);
  const since = report.lastHour?.since;
  return (
    <>
      <Counts report={report} lines={lines} refused={refused} />
      <Waiting />
      {report.items.length + report.refused.length === 0 ? (
        <EmptyState title={words.quietTitle}>
          <p>{words.quiet}</p>
        </EmptyState>
      ) : (
        <div className={styles.columns}>
          <Section title={words.byChannel}>
            <ChannelTable rows={sumsByKey(lines)} />
          </Section>
          <Section title={words.byReason}>
            <RefusalTable rows={refusalsByReason(refused)} />
          </Section>
        </div>
      )}
      <p className={look.quiet}>
        {span === "hour" && since !== undefined
          ? words.since(formats.time(since))
          : words.calendar(report.timeZone)}
      </p>
    </>
  );
};

type CountsProps = {
  readonly report: WholeReport;
  readonly lines: ReturnType<typeof happenedIn>["lines"];
  readonly refused: ReturnType<typeof happenedIn>["refused"];
};

/** Sums of the span, each with the days of the week below it. */
const Counts = ({ report, lines, refused: left }: CountsProps) => {
  const { words, formats } = useWords(todayWords);
  const days = sumsByDay(report.items, daysBetween(report.from, report.to));
  const sums = sumOf(sumsByKey(lines).map((one) => one.sums));
  const refusedOn = (day: string): number =>
    report.refused.filter((one) => one.day === day).reduce((sum, { count }) => sum + count, 0);
  const refused = left.reduce((sum, { count }) => sum + count, 0);
  const share = (part: number, of: number): string => formats.percent(of === 0 ? 0 : part / of);
  return (
    <Figures
      figures={[
        {
          name: words.left,
          value: formats.number(sums.sent),
          said: words.ofDecided(share(sums.sent, sums.decided + refused)),
          days: days.map((one) => one.sums.sent),
        },
        {
          name: words.answered,
          value: formats.number(sums.clicked),
          said: words.ofDecided(share(sums.clicked, sums.decided + refused)),
          days: days.map((one) => one.sums.clicked),
        },
        {
          name: words.refused,
          value: formats.number(refused),
          said: words.ofDecided(share(refused, sums.decided + refused)),
          days: days.map(({ day }) => refusedOn(day)),
        },
      ]}
    />
  );
};

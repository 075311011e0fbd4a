import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { rateOf } from "#console/data/rate.ts";
import { daysBetween, type Sums, sumOf, sumsByDay, sumsByKey } from "#console/data/report-sums.ts";
import { type Dimension, reportQuery, type WholeReport } from "#console/data/reports.ts";
import { Asked } from "#console/ui/asked.tsx";
import { DayChart } from "#console/ui/day-chart.tsx";
import { Select } from "#console/ui/field.tsx";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { type Column, Table } from "#console/ui/table.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import styles from "./outcomes.module.css";
import { outcomeWords } from "./words.ts";

const route = getRouteApi("/outcomes");
const DIMENSIONS: readonly Dimension[] = ["action", "treatment", "channel", "placement", "segment"];
const SPANS = [1, 7, 28, 90] as const;
type Row = { readonly key: string; readonly sums: Sums };

/** What was decided and what came of it. */
export const Results = () => {
  const { words, formats } = useWords(outcomeWords);
  const { words: usual } = useWords(everywhere);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const by = DIMENSIONS.find((name) => name === search.by) ?? "action";
  const days = SPANS.find((span) => String(span) === search.days) ?? 7;
  const report = useQuery({ ...reportQuery([by], days), placeholderData: keepPreviousData });
  const set = (part: { readonly by?: string; readonly days?: string }): void =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  return (
    <div className={styles.view}>
      <div className={styles.choices}>
        <Select label={words.by} value={by} onChange={(event) => set({ by: event.target.value })}>
          {DIMENSIONS.map((name) => (
            <option key={name} value={name}>
              {usual[name]}
            </option>
          ))}
        </Select>
        <Select label={words.days} value={days} onChange={(event) => set({ days: event.target.value })}>
          {SPANS.map((span) => (
            <option key={span} value={span}>
              {formats.count(span, words.lastDays)}
            </option>
          ))}
        </Select>
      </div>
      <Asked query={report}>{(data) => <Told report={data} by={by} />}</Asked>
    </div>
  );
};

const Told = ({ report, by }: { readonly report: WholeReport; readonly by: Dimension }) => {
  const { words } = useWords(outcomeWords);
  const { words: usual } = useWords(everywhere);
  if (report.items.length === 0)
    return (
      <EmptyState title={words.noneTitle}>
        <p>{by === "segment" ? words.segmentHint : words.noneText}</p>
      </EmptyState>
    );
  const days = sumsByDay(report.items, daysBetween(report.from, report.to));
  return (
    <>
      {days.length > 1 && (
        <Section title={words.chart}>
          <DayChart
            label={`${words.chart}. ${words.chartSaid}`}
            days={days.map(({ day }) => day)}
            series={[
              { name: usual.decided, values: days.map(({ sums }) => sums.decided), tone: "even" },
              { name: usual.sent, values: days.map(({ sums }) => sums.sent), tone: "accent" },
              { name: usual.clicked, values: days.map(({ sums }) => sums.clicked), tone: "good" },
            ]}
          />
        </Section>
      )}
      <Section title={words.table}>
        <ResultTable rows={sumsByKey(report.items)} by={by} />
        {!report.whole && <p className={look.quiet}>{words.cut}</p>}
      </Section>
    </>
  );
};

const ResultTable = ({ rows, by }: { readonly rows: readonly Row[]; readonly by: Dimension }) => {
  const { words, formats } = useWords(outcomeWords);
  const { words: usual } = useWords(everywhere);
  const count = (
    name: "decided" | "sent" | "delivered" | "opened" | "clicked" | "converted",
  ): Column<Row> => ({
    name,
    head: usual[name],
    figure: true,
    cell: ({ sums }) => formats.number(sums[name]),
  });
  const total = { key: words.total, sums: sumOf(rows.map(({ sums }) => sums)) };
  // By segment somebody counts in each that they are in: such lines have no sum.
  const shown = by === "segment" ? rows : [...rows, total];
  return (
    <Table
      caption={words.table}
      rows={shown}
      rowKey={({ key }) => key}
      columns={[
        { name: by, head: usual[by], cell: ({ key }) => (key === "" ? words.none : key) },
        count("decided"),
        count("sent"),
        count("delivered"),
        count("opened"),
        count("clicked"),
        {
          name: "rate",
          head: words.rate,
          figure: true,
          cell: ({ sums }) => <Share clicked={sums.clicked} decided={sums.decided} />,
        },
        count("converted"),
        { name: "value", head: usual.value, figure: true, cell: ({ sums }) => formats.number(sums.value) },
      ]}
    />
  );
};

/** The share that clicked, and where it lies in 95 of 100 such spans. */
const Share = ({ clicked, decided }: { readonly clicked: number; readonly decided: number }) => {
  const { words, formats } = useWords(outcomeWords);
  const rate = rateOf(clicked, decided);
  if (rate === null) return "–";
  return (
    <>
      {formats.percentTenths(rate.share)}{" "}
      <span className={styles.between} title={words.betweenSaid}>
        {words.between(formats.percentTenths(rate.low), formats.percentTenths(rate.high))}
      </span>
    </>
  );
};

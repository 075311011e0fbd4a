import type { Line, Refusal, WholeReport } from "./reports.ts";

/** What a report counts on every line. */
export const COUNTS = ["decided", "sent", "delivered", "opened", "clicked", "converted", "value"] as const;
export type Count = (typeof COUNTS)[number];
export type Sums = { readonly [Name in Count]: number };

const NOTHING: Sums = { decided: 0, sent: 0, delivered: 0, opened: 0, clicked: 0, converted: 0, value: 0 };

const added = (sums: Sums, line: Sums): Sums => ({
  decided: sums.decided + line.decided,
  sent: sums.sent + line.sent,
  delivered: sums.delivered + line.delivered,
  opened: sums.opened + line.opened,
  clicked: sums.clicked + line.clicked,
  converted: sums.converted + line.converted,
  value: sums.value + line.value,
});

export const sumOf = (lines: readonly Sums[]): Sums => lines.reduce(added, NOTHING);

/** A line of a day, or of the last hour, which counts less. */
export type Counted = { readonly key: string } & Partial<Sums>;

const groupedSums = <One extends Counted>(
  lines: readonly One[],
  nameOf: (line: One) => string,
): ReadonlyMap<string, Sums> => {
  const sums = new Map<string, Sums>();
  for (const line of lines)
    sums.set(nameOf(line), added(sums.get(nameOf(line)) ?? NOTHING, { ...NOTHING, ...line }));
  return sums;
};

/** One sum for each key of a report, whatever the day; the most decided first. */
export const sumsByKey = (
  lines: readonly Counted[],
): readonly { readonly key: string; readonly sums: Sums }[] =>
  [...groupedSums(lines, ({ key }) => key)]
    .map(([key, sums]) => ({ key, sums }))
    .sort((a, b) => b.sums.decided - a.sums.decided || (a.key < b.key ? -1 : 1));

/** The days from the first to the last, both with them: `2026-11-30`. */
export const daysBetween = (from: string, to: string): readonly string[] => {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
};

/** One sum for each of the days, also for those on which nothing happened. */
export const sumsByDay = (
  lines: readonly Line[],
  days: readonly string[],
): readonly { readonly day: string; readonly sums: Sums }[] => {
  const sums = groupedSums(lines, ({ day }) => day);
  return days.map((day) => ({ day, sums: sums.get(day) ?? NOTHING }));
};

/** Why nobody was contacted: each reason with the places it held at, the most frequent first. */
export const refusalsByReason = (
  refused: readonly Omit<Refusal, "day">[],
): readonly {
  readonly reason: string;
  readonly count: number;
  readonly places: readonly { readonly placement: string; readonly count: number }[];
}[] => {
  const reasons = new Map<string, Map<string, number>>();
  for (const { reason, placement, count } of refused) {
    const places = reasons.get(reason) ?? new Map<string, number>();
    reasons.set(reason, places.set(placement, (places.get(placement) ?? 0) + count));
  }
  return [...reasons]
    .map(([reason, places]) => ({
      reason,
      count: [...places.values()].reduce((sum, count) => sum + count, 0),
      places: [...places]
        .map(([placement, count]) => ({ placement, count }))
        .sort((a, b) => b.count - a.count),
    }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
};

/** How far back one looks. */
export type Span = "hour" | "day" | "week";

/** What a report of the last days says about the last hour, its last day, or all of its days. */
export const happenedIn = (
  { items, refused, to, lastHour }: Pick<WholeReport, "items" | "refused" | "to" | "lastHour">,
  span: Span,
): { readonly lines: readonly Counted[]; readonly refused: readonly Omit<Refusal, "day">[] } => {
  if (span === "hour") return { lines: lastHour?.items ?? [], refused: lastHour?.refused ?? [] };
  const isIn = ({ day }: { readonly day: string }): boolean => span === "week" || day === to;
  return { lines: items.filter(isIn), refused: refused.filter(isIn) };
};

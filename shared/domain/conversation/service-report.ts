import { HOUR_MS } from "#kernel/time.ts";
import { type BusinessHours, workingBetween } from "../calendar/business-hours.ts";
import { localDay } from "../calendar/local-day.ts";
import { msOfLocalDay } from "../calendar/local-time.ts";
import type { ConversationHead } from "../records/conversation.ts";

/** What a report on service may have its rows for. `hour`: that at which conversations began, by the brand's clock. */
export const SERVICE_DIMENSIONS = ["team", "channel", "topic", "agent", "hour"] as const;
export type ServiceDimension = (typeof SERVICE_DIMENSIONS)[number];

/** What a row is for where a conversation has none: no team, no topic. */
export const NONE = "none";

/** How customers were answered within some days. */
export type ServiceRow = {
  readonly key: string;
  readonly opened: number;
  readonly closed: number;
  readonly reopened: number;
  /** Those that were answered by a person for the first time. */
  readonly answered: number;
  /** Working time from its beginning until then, in seconds: that of half of them, and of nine in ten. Null: none was. */
  readonly firstAnswer: { readonly p50: number | null; readonly p90: number | null };
  /** Nobody had answered by when it was promised. */
  readonly breached: number;
  /** Not closed now. */
  readonly backlog: number;
  readonly rating: { readonly average: number | null; readonly count: number };
};

export type ServiceAsked = {
  readonly by: ServiceDimension;
  /** Days of the brand's calendar, both included. */
  readonly from: string;
  readonly to: string;
  /** IANA name. */
  readonly zone: string;
  /** Absent: people work at any time. */
  readonly hours?: BusinessHours | undefined;
};

const keyOf = (head: ConversationHead, { by, zone }: ServiceAsked): string => {
  switch (by) {
    case "team":
      return head.team ?? NONE;
    case "channel":
      return head.channel === "" ? NONE : head.channel;
    case "topic":
      return head.topic ?? NONE;
    case "agent":
      return head.assignee ?? NONE;
    case "hour":
      return String(Math.floor(msOfLocalDay(zone, Date.parse(head.openedAt)) / HOUR_MS)).padStart(2, "0");
  }
};

/** The value that so great a share of all does not exceed (nearest rank); null: there are none. */
const percentile = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;

const secondsUntilAnswer = (
  { openedAt, firstReplyAt = openedAt }: ConversationHead,
  hours?: BusinessHours,
) => {
  const [from, to] = [Date.parse(openedAt), Date.parse(firstReplyAt)];
  return Math.round((hours === undefined ? Math.max(0, to - from) : workingBetween(hours, from, to)) / 1_000);
};

const rowOf = (key: string, heads: readonly ConversationHead[], asked: ServiceAsked): ServiceRow => {
  const { from, to, zone, hours } = asked;
  const isWithin = (at: string | undefined): boolean => {
    if (at === undefined) return false;
    const day = localDay(zone, Date.parse(at));
    return from <= day && day <= to;
  };
  const closed = heads.filter(({ closedAt }) => isWithin(closedAt));
  const ratings = closed.flatMap(({ rating }) => rating ?? []);
  // What we began ourselves was answered by nobody.
  const answered = heads.filter(
    ({ firstReplyAt, heardAt }) => heardAt !== undefined && isWithin(firstReplyAt),
  );
  const times = answered.map((head) => secondsUntilAnswer(head, hours)).toSorted((a, b) => a - b);
  const sum = ratings.reduce((all, one) => all + one, 0);
  return {
    key,
    opened: heads.filter(({ openedAt }) => isWithin(openedAt)).length,
    closed: closed.length,
    reopened: heads.filter(({ reopenedAt }) => isWithin(reopenedAt)).length,
    answered: answered.length,
    firstAnswer: { p50: percentile(times, 0.5), p90: percentile(times, 0.9) },
    breached: heads.filter(({ breached }) => isWithin(breached)).length,
    backlog: heads.filter(({ state }) => state !== "closed").length,
    rating: {
      average: ratings.length === 0 ? null : Math.round((sum / ratings.length) * 100) / 100,
      count: ratings.length,
    },
  };
};

const saysNothing = ({ opened, closed, reopened, answered, breached, backlog }: ServiceRow): boolean =>
  opened + closed + reopened + answered + breached + backlog === 0;

/** How customers were answered within some days, a row for each team, channel, topic, agent or hour of which there is something to tell. */
export const serviceReport = (
  heads: readonly ConversationHead[],
  asked: ServiceAsked,
): readonly ServiceRow[] =>
  [...Map.groupBy(heads, (head) => keyOf(head, asked))]
    .map(([key, some]) => rowOf(key, some, asked))
    .filter((row) => !saysNothing(row))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));

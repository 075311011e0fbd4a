import { readMoment, type ToldMoment } from "#kernel/moment.ts";
import { DAY_MS } from "#kernel/time.ts";

/** What an event says of its time, as it came. */
export type ToldTimes = {
  readonly timestamp?: ToldMoment;
  readonly originalTimestamp?: ToldMoment;
  readonly sentAt?: ToldMoment;
  /** When another hub received it: the event is a record of that hub's. */
  readonly receivedAt?: ToldMoment;
};

/** When and how an event came to us. */
export type Arrived = {
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** By `/v1/import`. */
  readonly imported: boolean;
  /** The `sentAt` of its batch. */
  readonly batchSentAt?: ToldMoment;
};

/** Clients cut milliseconds off one of two times that they mean to be the same. */
const SAME_MS = 1_000;

const latest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);

/**
 * An old event has its time already: `timestamp` as another hub corrected it; without it that correction is made with the
 * times of then. Our own clock says nothing about it.
 */
const timeOfRecord = (told: ToldTimes): number | undefined => {
  const [said, made] = [readMoment(told.timestamp), readMoment(told.originalTimestamp)];
  const [sent, received] = [readMoment(told.sentAt), readMoment(told.receivedAt)];
  if (said !== undefined) return said;
  if (made !== undefined && sent !== undefined && received !== undefined) return received - (sent - made);
  return made ?? received ?? sent;
};

/**
 * The time of an event that its client has just sent. A `timestamp` that differs from `originalTimestamp` was set by
 * somebody: it is the time. Else it is the client's clock that speaks, and is corrected by what it said when it sent:
 * `receivedAt - (sentAt - originalTimestamp)`, as Segment does. Where both times are there and the sending lies days
 * back, that is no clock's fault but an old record.
 */
const timeOfLive = (told: ToldTimes, { receivedAt, batchSentAt }: Arrived): number | undefined => {
  const [said, made] = [readMoment(told.timestamp), readMoment(told.originalTimestamp)];
  const isPair = said !== undefined && made !== undefined;
  if (isPair && Math.abs(said - made) >= SAME_MS) return said;
  const original = made ?? said;
  // An earlier one is of an earlier try to send.
  const sent = latest(readMoment(told.sentAt), readMoment(batchSentAt));
  if (original === undefined || sent === undefined) return original;
  const ahead = receivedAt - sent;
  return isPair && Math.abs(ahead) > DAY_MS ? original : original + ahead;
};

/**
 * When an event happened, in UTC with milliseconds; when it came, where it says nothing that can be read. It cannot have
 * happened after it came: a clock that runs ahead would otherwise win every later write. Nor before 1970: times are
 * compared as text, which only years of four digits allow.
 */
export const eventTime = (told: ToldTimes, arrived: Arrived): string => {
  const isRecord = arrived.imported || readMoment(told.receivedAt) !== undefined;
  const time = isRecord ? timeOfRecord(told) : timeOfLive(told, arrived);
  const happened = Math.max(0, Math.min(time ?? arrived.receivedAt, arrived.receivedAt));
  return new Date(happened).toISOString();
};

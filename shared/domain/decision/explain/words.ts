import { CHANNELS } from "#channels/all.ts";
import { offsetAt } from "../../calendar/local-time.ts";
import type { Action, PlaybookDocument } from "../../playbook/model/document.ts";
import type { Decision } from "../../records/decision.ts";

/** What explaining a decision needs: the decision, and the version that made it, if that can still be read. */
export type ExplainInput = {
  readonly decision: Decision;
  readonly document: PlaybookDocument | null;
};

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** `Europe/Berlin` -> `Berlin time`. */
const clocksOf = (zone: string): string =>
  zone === "UTC" ? "UTC" : `${zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ")} time`;

/**
 * `Wednesday 25 March at 12:00, Berlin time`; with the year where it is another than now.
 * @param time milliseconds since the epoch, as is `now`
 */
export const timeInWords = (time: number, zone: string, now: number): string => {
  const local = new Date(time + offsetAt(zone, time));
  const thisYear = new Date(now + offsetAt(zone, now)).getUTCFullYear();
  const year = local.getUTCFullYear() === thisYear ? "" : ` ${local.getUTCFullYear()}`;
  const day = `${DAYS[local.getUTCDay()]} ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]}${year}`;
  return `${day} at ${local.toISOString().slice(11, 16)}, ${clocksOf(zone)}`;
};

/** In the customer's time zone where it is known, else in the brand's. */
export const momentOf = ({ decision, document }: ExplainInput, time: number): string =>
  timeInWords(time, decision.timeZone ?? document?.brand.timeZone ?? "UTC", Date.parse(decision.at));

export const actionOf = ({ document }: ExplainInput, name: string): Action | undefined =>
  document?.actions.find((action) => action.name === name);

const LONGEST_TITLE = 120;
/** A text that people wrote, cut to a length that can be read out. */
export const shortened = (text: string): string => {
  const plain = text.replace(/\s+/g, " ").trim();
  return plain.length <= LONGEST_TITLE ? plain : `${plain.slice(0, LONGEST_TITLE - 3).trimEnd()}...`;
};

/** What an agent calls the action: the first sentence of its description, else its name. */
export const titleOf = (input: ExplainInput, name: string): string => {
  const [first = ""] = (actionOf(input, name)?.description ?? "").split(/(?<=[.!?;])\s/);
  return `"${shortened(first).replace(/[.;]$/, "") || name}"`;
};

export const channelInWords = (channel: string): string => CHANNELS.get(channel)?.words.message ?? channel;

/** Whether what goes there goes to an address; anything else is shown to somebody who is there. */
export const isMessageChannel = ({ document }: ExplainInput, channel: string): boolean =>
  document === null ? CHANNELS.has(channel) : Object.hasOwn(document.brand.providers, channel);

import { durationMs } from "#kernel/duration.ts";
import type { BusinessHours } from "../../calendar/business-hours.ts";
import { type ConversationPolicy, USUAL_CONVERSATIONS } from "../model/conversations.ts";
import { type ContactPolicyFile, DAYS } from "../schema/contact-policy-file.ts";
import type { ConversationsFile } from "../schema/conversations-file.ts";

const milliseconds = (duration: string): number => durationMs(duration) ?? 0;
const promised = (duration: string | undefined): Pick<ConversationPolicy, "answerWithinMs"> =>
  duration === undefined ? {} : { answerWithinMs: milliseconds(duration) };

/** The days of the holidays that it names come along, so that whoever reads it needs nothing else. */
export const hoursOf = (
  { timeZone, days, holidays = [] }: NonNullable<ConversationsFile["hours"]>,
  lists: ContactPolicyFile["holidays"] = {},
  brandZone: string,
): BusinessHours => ({
  timeZone: timeZone ?? brandZone,
  week: DAYS.map((day) => days[day] ?? []),
  holidays: holidays.flatMap((list) => lists[list] ?? []),
});

/** How the company answers, of its file. */
export const buildConversations = (
  { answerWithin, reopenWithin, hours, teams = {} }: ConversationsFile,
  around: { readonly holidays: ContactPolicyFile["holidays"]; readonly timeZone: string },
): ConversationPolicy => ({
  reopenWithinMs:
    reopenWithin === undefined ? USUAL_CONVERSATIONS.reopenWithinMs : milliseconds(reopenWithin),
  ...promised(answerWithin),
  ...(hours === undefined ? {} : { hours: hoursOf(hours, around.holidays, around.timeZone) }),
  teams: Object.entries(teams).map(([team, { topics = [], answerWithin: within }]) => ({
    name: team,
    topics,
    ...promised(within),
  })),
});

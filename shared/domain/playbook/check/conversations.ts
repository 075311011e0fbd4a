import { afterWorking } from "../../calendar/business-hours.ts";
import { hoursOf } from "../build/build-conversations.ts";
import type { Draft, Parsed, Report } from "../read/sources.ts";
import { DAYS } from "../schema/contact-policy-file.ts";
import type { ConversationsFile } from "../schema/conversations-file.ts";
import { unknownName } from "./unknown-name.ts";

/** Hours that end before they begin, overlap or leave no time, holidays that are nowhere listed, and topics of two teams. */
export const checkConversations = ({ sources, document }: Draft, report: Report): void => {
  const { conversations, contactPolicy } = sources;
  if (conversations === null) return;
  const lists = contactPolicy.value.holidays ?? {};
  checkHours(conversations, Object.keys(lists), report);
  checkTeams(conversations, report);
  const { hours } = conversations.value;
  if (hours === undefined) return;
  // Ten years of working days are no promise: any instant tells whether there is working time at all.
  if (afterWorking(hoursOf(hours, lists, document.brand.timeZone), 0, 1) !== null) return;
  const message = "Nobody works at any time, so nobody is ever due";
  report.error(conversations.file.at(["hours", "days"]), "contradiction", message, "a day with working time");
};

const checkHours = (
  { file, value }: Parsed<ConversationsFile>,
  lists: readonly string[],
  report: Report,
): void => {
  for (const day of DAYS) {
    const stretches = value.hours?.days[day] ?? [];
    stretches.forEach(({ from, to }, index) => {
      const place = file.at(["hours", "days", day, index]);
      if (from >= to) {
        const message = `This ends at ${to}, before it begins at ${from}`;
        report.error(place, "contradiction", message, "from before to; a night is two days");
      }
      const other = stretches.slice(0, index).find((before) => from < before.to && before.from < to);
      if (other !== undefined)
        report.error(
          place,
          "contradiction",
          `This overlaps ${other.from} to ${other.to}`,
          "stretches of their own, with a break between them",
        );
    });
  }
  value.hours?.holidays?.forEach((name, index) => {
    if (!lists.includes(name))
      report.error(file.at(["hours", "holidays", index]), ...unknownName("list of holidays", name, lists));
  });
};

const checkTeams = ({ file, value }: Parsed<ConversationsFile>, report: Report): void => {
  const owner = new Map<string, string>();
  for (const [team, { topics = [] }] of Object.entries(value.teams ?? {})) {
    topics.forEach((topic, index) => {
      const other = owner.get(topic);
      owner.set(topic, team);
      if (other === undefined || other === team) return;
      const message = `${topic} is a topic of ${other} already`;
      report.error(
        file.at(["teams", team, "topics", index]),
        "contradiction",
        message,
        "a topic of one team",
      );
    });
  }
};

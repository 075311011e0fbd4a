import { PROVIDERS } from "#channels/all.ts";
import type { Action, Trigger } from "../model/document.ts";
import { MESSAGE_EVENTS } from "../model/known.ts";
import type { Draft, Report } from "../read/sources.ts";

/** Reports triggers that can never fire, and those that would fire themselves. */
export const checkTriggers = ({ sources: { triggers }, document }: Draft, report: Report): void => {
  for (const trigger of document.triggers) {
    if (trigger.unless.length > 0 && trigger.afterMs === undefined) {
      const message = `"unless" calls a waiting trigger off, but ${trigger.name} does not wait`;
      report.error(
        triggers.file.atKey([trigger.name, "unless"]),
        "unless-without-after",
        message,
        'also "after", such as after: PT1H',
      );
    }
    checkOwnEvent(trigger, triggers, report);
    const circle = findCircle(trigger, document.triggers, document.actions);
    if (!circle) continue;
    const way = circle.map(({ name }) => name).join(" -> ");
    const message = `This trigger may set itself off: ${way} -> ${trigger.name}; it stops after five rounds`;
    report.warning(
      triggers.file.at([trigger.name, "on"]),
      "trigger-circle",
      message,
      "an event that people cause",
    );
  }
};

/** An event counts as seen when it starts the wait (profile/trigger/pending.ts): it would call off its own trigger. */
const checkOwnEvent = (
  { name, on, unless }: Trigger,
  { file, value }: Draft["sources"]["triggers"],
  report: Report,
): void => {
  const index = unless.indexOf(on);
  if (index === -1) return;
  const isList = Array.isArray(value[name]?.unless);
  const place = file.at(isList ? [name, "unless", index] : [name, "unless"]);
  const message = `${on} both sets ${name} off and calls it off: nothing ever comes of it`;
  const expected = `another event; each ${on} starts the wait anew by itself`;
  report.error(place, "contradiction", message, expected);
};

/** The triggers on the shortest way from `start` back to itself through the outcomes of its messages, if there is one. */
const findCircle = (
  start: Trigger,
  triggers: readonly Trigger[],
  actions: readonly Action[],
): readonly Trigger[] | null => {
  const setsOff = (trigger: Trigger): readonly Trigger[] =>
    sends(trigger, actions) ? triggers.filter(({ on }) => MESSAGE_EVENTS.includes(on)) : [];
  const seen = new Set<Trigger>();
  let ways: readonly (readonly Trigger[])[] = [[start]];
  while (ways.length > 0) {
    const next: (readonly Trigger[])[] = [];
    for (const way of ways) {
      const last = way.at(-1);
      for (const trigger of last ? setsOff(last) : []) {
        if (trigger === start) return way;
        if (seen.has(trigger)) continue;
        seen.add(trigger);
        next.push([...way, trigger]);
      }
    }
    ways = next;
  }
  return null;
};

const sends = (trigger: Trigger, actions: readonly Action[]): boolean =>
  actions.some(
    ({ placements, treatments }) =>
      placements.includes(trigger.placement) &&
      treatments.some(({ channel }) => (PROVIDERS.get(channel) ?? []).length > 0),
  );

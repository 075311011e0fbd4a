import { PROVIDERS } from "#channels/all.ts";
import { isCapped } from "../../contact-policy/caps.ts";
import type { Category } from "../model/contact-policy.ts";
import type { Action, PlaybookDocument, Trigger } from "../model/document.ts";
import { HUB_EVENTS } from "../model/known.ts";
import type { Draft, Report } from "../read/sources.ts";

/** Reports triggers by which whoever has a write key could have customers written to without end. */
export const checkPublicTriggers = ({ sources: { triggers }, document }: Draft, report: Report): void => {
  for (const trigger of document.triggers) {
    if (!mayBeSaidByAnybody(trigger, document)) continue;
    for (const category of unboundedCategories(trigger, document)) {
      const message = `Anybody can send ${trigger.on} with a write key, and with it have ${category.name} messages sent to a customer without end: no cap holds for them`;
      const bound = category.transactional
        ? "another category, with a cap (what is transactional has none)"
        : `a cap for ${category.name}`;
      report.warning(
        triggers.file.at([trigger.name, "on"]),
        "unbounded-trigger",
        message,
        `"from: trusted" for ${trigger.on} in data-model.yaml, or ${bound}`,
      );
    }
  }
};

const mayBeSaidByAnybody = ({ on }: Trigger, { dataModel }: PlaybookDocument): boolean =>
  !HUB_EVENTS.includes(on) && !dataModel.events.some(({ name, from }) => name === on && from === "trusted");

/** Categories of what the trigger may send by a channel that interrupts, where some channel has no cap. */
const unboundedCategories = (trigger: Trigger, document: PlaybookDocument): readonly Category[] => {
  const { categories } = document.contactPolicy;
  const sent = document.actions.filter(({ placements }) => placements.includes(trigger.placement));
  return categories.filter((category) =>
    sent.some((action) => action.category === category.name && !isBounded(action, category, document)),
  );
};

const isBounded = (
  { name: action, treatments }: Action,
  { name: category, transactional }: Category,
  { contactPolicy }: PlaybookDocument,
): boolean =>
  treatments
    .filter(({ channel }) => (PROVIDERS.get(channel) ?? []).length > 0)
    .every(
      ({ channel }) =>
        !transactional &&
        contactPolicy.caps.some((cap) => isCapped(cap, { channel, category, action, kind: "message" })),
    );

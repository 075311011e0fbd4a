import { OUTCOME_EVENT, RESERVED_EVENTS } from "../model/known.ts";
import type { Draft, Report } from "../read/sources.ts";
import { unknownName } from "./unknown-name.ts";

/** Reports webhooks that wait for events which never come, and identifiers that nobody has. */
export const checkWebhooks = ({ sources: { webhooks }, document }: Draft, report: Report): void => {
  if (webhooks === null) return;
  const events = [...document.dataModel.events.map(({ name }) => name), ...RESERVED_EVENTS];
  const types = document.dataModel.identifiers.map(({ type }) => type);
  for (const webhook of document.webhooks ?? []) {
    webhook.events.forEach(({ on }, index) => {
      if (events.includes(on) || on.startsWith(OUTCOME_EVENT)) return;
      report.error(
        webhooks.file.at([webhook.name, "events", index, "on"]),
        ...unknownName("event", on, events),
      );
    });
    webhook.identifiers.forEach((type, index) => {
      if (types.includes(type)) return;
      report.error(
        webhooks.file.at([webhook.name, "identifiers", index]),
        ...unknownName("identifier", type, types),
      );
    });
  }
};

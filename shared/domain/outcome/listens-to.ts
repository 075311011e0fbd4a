import type { PlaybookDocument } from "../playbook/types.ts";

/** Whether a trigger, a computed trait or the models of the playbook wait for events of that name. */
export const listensTo = ({ triggers, dataModel, learning }: PlaybookDocument, event: string): boolean =>
  // Choices sent count as seen: without them there are successes and no failures.
  (learning !== undefined && event === "message.sent") ||
  triggers.some(({ on, unless }) => on === event || unless.includes(event)) ||
  dataModel.computed.some((trait) => trait.event === event);

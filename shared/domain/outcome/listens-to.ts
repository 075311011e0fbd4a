import type { PlaybookDocument } from "../playbook/types.ts";

/** Whether a trigger or a computed trait of the playbook waits for events of that name. */
export const listensTo = ({ triggers, dataModel }: PlaybookDocument, event: string): boolean =>
  triggers.some(({ on, unless }) => on === event || unless.includes(event)) ||
  dataModel.computed.some((trait) => trait.event === event);

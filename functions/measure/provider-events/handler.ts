import {
  contactStore,
  customerStore,
  inbox,
  messageStore,
  playbookDocuments,
  suppressionStore,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { recordForeign } from "#usecases/record/record-foreign.ts";
import { recordReport } from "#usecases/record/record-report.ts";
import { readNotification, readProviderEvent } from "./read-event.ts";

const deps = {
  messages: messageStore(),
  suppressions: await suppressionStore(),
  customers: await customerStore(),
  contacts: contactStore(),
  inbox: await inbox(),
  playbooks: playbookDocuments(),
  ...system,
};

/** What comes by the bus came by the topic too: done again it changes nothing, and it is not counted again. */
const uncounted = { ...deps, telemetry: { ...system.telemetry, count: () => {} } };

export const handler = workerHandler(
  async ({ body }) => {
    const event = readProviderEvent(body);
    if (event === null) return;
    if ("foreign" in event) return recordForeign(deps, event.foreign);
    await recordReport(event.fromBus ? uncounted : deps, event.report);
  },
  { read: readNotification },
);

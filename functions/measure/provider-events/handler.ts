import { customerStore, inbox, messageStore, suppressionStore } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { recordReport } from "#usecases/record/record-report.ts";
import { readProviderEvent } from "./read-event.ts";

const deps = {
  messages: messageStore(),
  suppressions: await suppressionStore(),
  customers: await customerStore(),
  inbox: await inbox(),
  ...system,
};

export const handler = workerHandler(async ({ body }) => {
  const report = readProviderEvent(body);
  if (report !== null) await recordReport(deps, report);
});

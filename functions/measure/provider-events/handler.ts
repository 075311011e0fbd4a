import { systemClock as clock } from "#runtime/clock.ts";
import { customerStore, inbox, messageStore, suppressionStore } from "#runtime/stores.ts";
import { workerHandler } from "#runtime/worker.ts";
import { readProviderEvent } from "./read-event.ts";
import { takeReport } from "./take-report.ts";

const dependencies = {
  messages: messageStore(),
  suppressions: await suppressionStore(),
  customers: await customerStore(),
  inbox: await inbox(),
  clock,
};

export const handler = workerHandler(async ({ body }) => {
  const report = readProviderEvent(body);
  if (report !== null) await takeReport(dependencies, report);
});

import { parse } from "#runtime/parse.ts";
import {
  contactStore,
  customerReader,
  dueQueue,
  eventBus,
  inbox,
  messageStore,
  overdueMessages,
  playbookDocuments,
  runCare,
  runEdits,
  runLists,
  timers,
  timerTable,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { fire } from "#usecases/fire/fire-timer.ts";
import { moveDue } from "#usecases/fire/move-due.ts";
import { tendRuns } from "#usecases/journey/tend-runs.ts";
import { wakeEdited } from "#usecases/journey/wake-edited.ts";
import { sweepMessages } from "#usecases/send/sweep-messages.ts";
import { TickMessage } from "./schema.ts";

const deps = {
  table: timerTable(),
  due: dueQueue(),
  overdue: overdueMessages(),
  messages: messageStore(),
  customers: customerReader(),
  contacts: contactStore(),
  bus: eventBus(),
  inbox: await inbox(),
  care: runCare(),
  edits: runEdits(),
  lists: runLists(),
  timers: timers(),
  document: playbookDocuments().get,
  ...system,
};

/** None waits for another: what one does not get done the next minute's tick does. */
const tick = async (): Promise<void> => {
  const now = deps.clock.now();
  const done = await Promise.allSettled([
    moveDue(deps, now),
    sweepMessages(deps),
    tendRuns(deps),
    wakeEdited(deps),
  ]);
  for (const one of done) if (one.status === "rejected") throw one.reason;
};

export const handler = workerHandler(async ({ body }) => {
  const message = parse(TickMessage, body);
  if ("schedule" in message) await tick();
  else await fire(deps, message);
});

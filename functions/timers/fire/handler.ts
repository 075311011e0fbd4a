import { systemClock as clock } from "#runtime/clock.ts";
import { parse } from "#runtime/parse.ts";
import { dueQueue, eventBus, timerTable } from "#runtime/stores.ts";
import { workerHandler } from "#runtime/worker.ts";
import { fire } from "#usecases/fire/fire-timer.ts";
import { moveDue } from "#usecases/fire/move-due.ts";
import { TickMessage } from "./schema.ts";

const deps = { table: timerTable(), due: dueQueue(), bus: eventBus(), clock };

export const handler = workerHandler(async ({ body }) => {
  const message = parse(TickMessage, body);
  if ("schedule" in message) await moveDue(deps, clock.now());
  else await fire(deps, message);
});

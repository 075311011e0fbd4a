import { joinedTimers } from "#adapters/joining/stores.ts";
import { parse } from "#runtime/parse.ts";
import {
  customerReader,
  customerScan,
  dataKeys,
  decisionLog,
  decisionStore,
  eventBus,
  jobStore,
  models,
  playbooks,
  runStore,
  timers,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { membersStep } from "#usecases/audience/members-step.ts";
import { previewStep } from "#usecases/audience/preview-step.ts";
import { sendStep } from "#usecases/audience/send-step.ts";
import { sizesStep } from "#usecases/audience/sizes-step.ts";
import { walkSlice } from "#usecases/audience/walk-slice.ts";
import { watchSend } from "#usecases/audience/watch-send.ts";
import { Delivered } from "./schema.ts";

const own = {
  jobs: jobStore(),
  bus: eventBus(),
  timers: joinedTimers(timers()),
  playbooks: playbooks(),
  decisions: decisionStore(),
  ...system,
};
const sending = {
  ...own,
  customers: { find: customerReader().load },
  models: models(),
  log: decisionLog(),
  dataKeys: dataKeys(),
};
const walking = {
  ...own,
  customers: customerScan(),
  kinds: {
    send: sendStep(sending),
    sizes: sizesStep(own),
    members: membersStep(own),
    preview: previewStep({ ...own, runs: runStore() }),
  },
};

export const handler = workerHandler(async function walk({ body }) {
  const event = parse(Delivered, body);
  switch (event["detail-type"]) {
    case "job.turn":
      return walkSlice(walking, event.detail);
    case "outcome.recorded":
    case "outcome.counted":
      return watchSend(own, event.detail);
  }
});

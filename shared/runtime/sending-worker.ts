import type { RenderedMessage } from "#domain/records/message.ts";
import { MessageRequested } from "#events/message-requested.ts";
import type { SendDependencies } from "#usecases/send/dependencies.ts";
import { sendOne } from "#usecases/send/send-one.ts";
import { busWorker } from "./bus-worker.ts";
import {
  contactStore,
  customerStore,
  inbox,
  messageLinking,
  messageStore,
  playbookDocuments,
  suppressionStore,
  timers,
} from "./stores.ts";
import { system } from "./system.ts";

type Channel<M extends RenderedMessage> = Pick<SendDependencies<M>, "channel" | "sender" | "rate">;

const wire = async <M extends RenderedMessage>(channel: Channel<M>): Promise<SendDependencies<M>> => {
  const [customers, suppressions, events, linking] = await Promise.all([
    customerStore(),
    suppressionStore(),
    inbox(),
    messageLinking(),
  ]);
  const { current: livePlaybook, get: playbook } = playbookDocuments();
  return {
    ...channel,
    messages: messageStore(),
    customers,
    contacts: contactStore(),
    suppressions,
    timers: timers(),
    inbox: events,
    livePlaybook,
    playbook,
    ...linking,
    ...system,
  };
};

/** The worker of a channel's two queues. A channel is its provider and its pace; everything else is the same. */
export const sendingWorker = async <M extends RenderedMessage>(channel: Channel<M>) => {
  const deps = await wire(channel);
  return busWorker(MessageRequested, (requested) => sendOne(deps, requested));
};

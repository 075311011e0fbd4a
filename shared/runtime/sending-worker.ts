import { joinedBus } from "#adapters/joining/stores.ts";
import type { Render } from "#channels/definition/rendering.ts";
import { MessageRequested } from "#events/message-requested.ts";
import type { ProviderSender, SenderSurroundings } from "#ports/provider.ts";
import type { SendDependencies } from "#usecases/send/dependencies.ts";
import { routing } from "#usecases/send/routing.ts";
import { sendOne } from "#usecases/send/send-one.ts";

import { busWorker } from "./bus-worker.ts";
import { readVariable } from "./env.ts";
import {
  contactStore,
  customerStore,
  eventBus,
  inbox,
  messageLinking,
  messageStore,
  playbookDocuments,
  providerAccounts,
  providerSums,
  sendingQuotas,
  suppressionStore,
  timers,
} from "./stores.ts";
import { system } from "./system.ts";

type ChannelWorker<M> = {
  readonly channel: string;
  readonly render: Render<M>;
  /** The providers that may send it, by name: its export of `providers/all.senders.ts`. */
  readonly senders: Readonly<Record<string, ProviderSender<M>>>;
  /** The hub's own chats, of the one channel that lies there. */
  readonly chats?: SenderSurroundings["chats"];
  /** Invocations of the bulk lane at once, which share each provider's limit. */
  readonly bulkConcurrency: number;
};

const wire = async <M>({
  channel,
  render,
  senders,
  bulkConcurrency,
  chats,
}: ChannelWorker<M>): Promise<SendDependencies<M>> => {
  const [customers, suppressions, events, linking] = await Promise.all([
    customerStore(),
    suppressionStore(),
    inbox(),
    messageLinking(),
  ]);
  const { current: livePlaybook, get: playbook } = playbookDocuments();
  return {
    channel,
    render,
    routing: routing(senders, {
      channel,
      bulkConcurrency,
      livePlaybook,
      accounts: providerAccounts(),
      sums: providerSums(),
      quotas: sendingQuotas(),
      setting: readVariable,
      chats,
      ...system,
    }),
    messages: messageStore(),
    customers,
    contacts: contactStore(),
    suppressions,
    timers: timers(),
    inbox: events,
    bus: joinedBus(eventBus()),
    livePlaybook,
    playbook,
    ...linking,
    ...system,
  };
};

/** The worker of a channel's two queues. A channel is its rendering and its providers; everything else is the same. */
export const sendingWorker = async <M>(worker: ChannelWorker<M>) => {
  const deps = await wire(worker);
  return busWorker(MessageRequested, (requested) => sendOne(deps, requested));
};

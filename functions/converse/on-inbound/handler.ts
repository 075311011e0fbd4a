import { MessageReceived } from "#events/message-received.ts";
import { busWorker } from "#runtime/bus-worker.ts";
import { conversationStore, customerReader, playbookDocuments, receivedMessages } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { takeReceived } from "#usecases/converse/take-received.ts";

const deps = {
  conversations: conversationStore(),
  received: receivedMessages(),
  customers: customerReader(),
  playbook: playbookDocuments().get,
  ...system,
};

export const handler = busWorker(MessageReceived, (told) => takeReceived(deps, told));

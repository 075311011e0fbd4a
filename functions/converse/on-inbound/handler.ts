import { conversationPolicyOf } from "#domain/playbook/model/conversations.ts";
import { parse } from "#runtime/parse.ts";
import {
  conversationStore,
  customerReader,
  inbox,
  playbookDocuments,
  receivedMessages,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { breach } from "#usecases/converse/breach.ts";
import { takeReceived } from "#usecases/converse/take-received.ts";
import { wake } from "#usecases/converse/wake.ts";
import { Delivered } from "./schema.ts";

const documents = playbookDocuments();
const deps = {
  conversations: conversationStore(),
  received: receivedMessages(),
  customers: customerReader(),
  inbox: await inbox(),
  playbook: documents.get,
  policy: async () => conversationPolicyOf(await documents.current()),
  ...system,
};

export const handler = workerHandler(async function converse({ body }) {
  const event = parse(Delivered, body);
  switch (event["detail-type"]) {
    case "message.received":
      return takeReceived(deps, event.detail);
    case "conversation.snooze-over":
      return wake(deps, event.detail.conversationId);
    case "conversation.due":
      return breach(deps, event.detail);
  }
});

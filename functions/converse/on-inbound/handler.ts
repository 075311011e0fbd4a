import { conversationPolicyOf } from "#domain/playbook/model/conversations.ts";
import { parse } from "#runtime/parse.ts";
import {
  conversationStore,
  conversingDecisions,
  customerStore,
  dataKeys,
  decisionLog,
  eventBus,
  inbox,
  playbooks,
  receivedMessages,
  timers,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { answerReceived } from "#usecases/converse/answer-received.ts";
import { breach } from "#usecases/converse/breach.ts";
import { takeReceived } from "#usecases/converse/take-received.ts";
import { wake } from "#usecases/converse/wake.ts";
import { Delivered } from "./schema.ts";

const versions = playbooks();
const deps = {
  conversations: conversationStore(),
  received: receivedMessages(),
  customers: await customerStore(),
  decisions: conversingDecisions(),
  inbox: await inbox(),
  timers: timers(),
  bus: eventBus(),
  log: decisionLog(),
  dataKeys: dataKeys(),
  playbooks: versions,
  playbook: async (version: string) => (await versions.get(version)).document,
  policy: async () => conversationPolicyOf((await versions.current()).document),
  ...system,
};

export const handler = workerHandler(async function converse({ body }) {
  const event = parse(Delivered, body);
  switch (event["detail-type"]) {
    case "message.received": {
      const joined = await takeReceived(deps, event.detail);
      if (joined !== null) await answerReceived(deps, joined);
      return;
    }
    case "conversation.snooze-over":
      return wake(deps, event.detail.conversationId);
    case "conversation.due":
      return breach(deps, event.detail);
  }
});

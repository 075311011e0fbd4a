import { conversationPolicyOf } from "#domain/playbook/model/conversations.ts";
import { auditedCallers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import {
  conversationStore,
  conversingDecisions,
  customerStore,
  dataKeys,
  decisionLog,
  eventBus,
  inbox,
  messageReader,
  originals,
  playbooks,
  timers,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { conversationCalls } from "./conversations.ts";
import { operations } from "./operations.ts";

const live = playbooks();

export const handler = httpHandler(
  operations,
  conversationCalls({
    conversations: conversationStore(),
    customers: await customerStore(),
    decisions: conversingDecisions(),
    messages: messageReader(),
    originals: originals(),
    playbooks: live,
    policy: async () => conversationPolicyOf((await live.current()).document),
    inbox: await inbox(),
    bus: eventBus(),
    timers: timers(),
    log: decisionLog(),
    dataKeys: dataKeys(),
    ...system,
  }),
  auditedCallers(),
);

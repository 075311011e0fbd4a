import { httpHandler } from "#runtime/http/http-handler.ts";
import {
  apiKeys,
  chatStore,
  identityKeys,
  inbox,
  linkKeys,
  originals,
  playbookDocuments,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { chatCalls } from "./chat.ts";
import { operations } from "./operations.ts";

const [events, keys] = await Promise.all([inbox(), linkKeys()]);

export const handler = httpHandler(
  operations,
  chatCalls({
    chats: chatStore(),
    originals: originals(),
    inbox: events,
    playbooks: playbookDocuments(),
    linkKeys: keys,
    identityKeys,
    ...system,
  }),
  apiKeys(),
);

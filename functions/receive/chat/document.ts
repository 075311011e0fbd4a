import type { Described } from "#runtime/http/described.ts";
import { PAGE } from "#runtime/http/paging.ts";
import type { operations } from "./operations.ts";

const token = "AUgq2mLrCgkDkz0yqzGQ1uYtZbYl1V8n0hGJ1Yx1cC0q3oQx9mSg7w";
const message = {
  seq: 2,
  messageId: "msg_01m8n9tw0bpbavbd07s6ab4b04",
  direction: "out",
  text: "It left this morning.",
  at: "2026-11-30T09:31:00.000Z",
} as const;

export const described: Described<typeof operations> = {
  tag: {
    name: "Chat",
    description:
      "The chat on your own pages. A session is begun with a write key; its token opens one chat and no other.",
  },
  calls: {
    beginChat: {
      summary: "Begin a session of the chat",
      description:
        "A visitor's chat goes on by `visitorToken`. With `userId`, `at` and a `proof` of your server's it is that user's, on any device; a proof that does not hold is like none.",
      request: { visitorToken: token },
      answers: {
        200: {
          token,
          until: "2026-12-01T09:30:00.000Z",
          visitorToken: token,
          socketUrl: null,
          proven: false,
        },
      },
    },
    listChatMessages: {
      summary: "List what stands in the chat",
      description:
        "The last 30, or those after a place: whoever was away asks by the place of the last message they have, and gets exactly what they lack. `cursor` tells the place to go on from where there is more.",
      query: { after: { about: "Only those after this place, from 0 on", example: 1 }, limit: PAGE.limit },
      answers: { 200: { items: [message], cursor: null } },
    },
    tellChatMessage: {
      summary: "Write in the chat",
      description: "Sent again by the same `clientId` it is the same message.",
      request: { text: "Where is my order?", clientId: "b7a3c0de-1" },
      answers: {
        202: {
          messageId: "evt_01m8n9tw0bpbavbd07s6ab4b04",
          seq: 1,
          clientId: "b7a3c0de-1",
          at: "2026-11-30T09:30:00.000Z",
        },
      },
    },
  },
};

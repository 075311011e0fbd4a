import type { Described } from "#runtime/http/described.ts";
import { PAGE } from "#runtime/http/paging.ts";
import { cannedAnswers, suggestions } from "./offered-document.ts";
import type { operations } from "./operations.ts";

const id = { about: "A conversationId", example: "cnv_163a6d082c24fae75083482527" };
const headers = {
  "x-rapport-agent": {
    about: "Who acts, where the key has the scope `agents:any`; at most 200 characters",
    example: "Ana",
  },
} as const;

const row = {
  conversationId: "cnv_163a6d082c24fae75083482527",
  customerId: "cus_01m8n9ts79gbsj9n767vvqrpa4",
  state: "open",
  handler: "person",
  assignee: "Ana",
  team: "orders",
  topic: "delivery",
  tags: ["late parcel"],
  channel: "sms",
  openedAt: "2026-11-30T09:30:00.000Z",
  waitingSince: "2026-11-30T09:30:00.000Z",
  firstReplyAt: null,
  dueAt: null,
  snoozedUntil: null,
  closedAt: null,
  rating: null,
  unread: 0,
  lastMessage: { text: "Where is my parcel?", at: "2026-11-30T09:30:00.000Z", direction: "in" },
  lastSeq: 3,
  version: 2,
  follows: null,
  linked: null,
} as const;

const messages = [
  {
    seq: 1,
    messageId: "msg_4137f768cf6af955769cfd90d6",
    direction: "out",
    channel: "sms",
    author: { type: "journey" },
    text: "Your parcel leaves today.",
    attachments: [],
    status: "delivered",
    at: "2026-11-29T09:30:00.000Z",
    decisionId: "dec_f44cd2df2284444a48a2880337",
  },
  {
    seq: 2,
    messageId: "evt_9f185fd1876e23d736e6d51682",
    direction: "in",
    channel: "sms",
    author: { type: "customer" },
    text: "Where is my parcel?",
    attachments: [],
    status: "received",
    at: "2026-11-30T09:30:00.000Z",
  },
  {
    seq: 3,
    messageId: "act_5f76ca958a41c392ecc39cbc27",
    direction: "activity",
    channel: "sms",
    author: { type: "agent", name: "Ana" },
    text: "Ana took it",
    activity: { kind: "claimed" },
    attachments: [],
    status: null,
    at: "2026-11-30T09:31:00.000Z",
  },
] as const;

/** What every deed is answered with. */
const answers = { 200: row } as const;

export const described: Described<typeof operations> = {
  tag: {
    name: "Conversations",
    description: "What customers write, whoever answers, on whatever channel: one thread a customer.",
  },
  calls: {
    showServiceReport: {
      summary: "How customers were answered: opened, closed, first answers, what was breached, ratings",
      description:
        "Days are those of the brand's calendar, by default the last seven. First answers are in working time. 2,000 conversations that are closed and as many that are not are looked at; `isPartial` says that there are more.",
      query: {
        ...PAGE,
        from: { about: "The first day", example: "2026-11-24" },
        to: { about: "The last day", example: "2026-11-30" },
        by: { about: "`team`, `channel`, `topic`, `agent`, or `hour` of the day", example: "team" },
      },
      answers: {
        200: {
          items: [
            {
              key: "orders",
              opened: 12,
              closed: 10,
              reopened: 1,
              answered: 11,
              firstAnswer: { p50: 900, p90: 5_400 },
              breached: 1,
              backlog: 3,
              rating: { average: 4.5, count: 4 },
            },
          ],
          cursor: null,
          from: "2026-11-24",
          to: "2026-11-30",
          by: "team",
          isPartial: false,
        },
      },
    },
    listConversations: {
      summary: "Conversations, who waits longest first",
      description:
        "Without `state`: those that are not closed. A page that is filtered by team or channel may be short.",
      query: {
        ...PAGE,
        state: {
          about: "`open`: our turn; `waiting`: the customer's; `snoozed`: ours, later; `closed`",
          example: "open",
        },
        assignee: { about: "Who has it, in at most 200 characters", example: "Ana" },
        team: { about: "Which team has it, in at most 200 characters", example: "orders" },
        channel: { about: "The channel of the last message, in at most 200 characters", example: "sms" },
        sort: {
          about: "`waiting`: who waits longest; `due`: who is due first; `newest`: who came last",
          example: "waiting",
        },
      },
      answers: { 200: { items: [row], cursor: null } },
    },
    showConversation: {
      summary: "A conversation, with its last 30 messages",
      params: { id },
      answers: { 200: { ...row, messages } },
    },
    listConversationMessages: {
      summary: "Messages of a conversation, rising by their place",
      description:
        "Without `after` the last 30. `cursor` is the place to go on after; null: there is no more.",
      params: { id },
      query: { after: { about: "Only those after this place, from 0 on", example: 2 }, limit: PAGE.limit },
      answers: { 200: { items: messages.slice(2), cursor: null } },
    },
    listSuggestions: suggestions,
    showOriginal: {
      summary: "What the provider brought, exactly as it came: a mail with all that it quotes",
      description: "Its first 4 MB. Messages of ours, notes and activities have no original.",
      params: { id, seq: { about: "The message's place in the thread", example: "1" } },
    },
    listCannedAnswers: { ...cannedAnswers, params: { id }, headers },
    listConversationsOfProfile: {
      summary: "All conversations of a customer, newest first",
      params: { ref: { about: "A customerId, or `type:value` of an identifier", example: "userId:kim" } },
      query: PAGE,
      answers: { 200: { items: [row], cursor: null } },
    },
    beginConversation: {
      summary: "Begin a conversation with a customer",
      description: "200: there is one that is not closed. Who is not known yet becomes a customer.",
      headers,
      request: { to: "phone:+12025550142", text: "Your parcel is at the depot.", topic: "delivery" },
      answers: { 200: row, 201: row },
    },
    replyToConversation: {
      summary: "Answer a customer",
      description:
        "It leaves by `channel`, else by that on which the customer wrote last, else by the next that reaches them. 409 `conversation_moved`: messages came or left after `ifLastSeq`, and are told. 422 `channel_closed` says why each channel is closed; where it is that the customer wrote too long ago (`window`), `treatments` names those that may answer all the same, and `offers` how they would read.",
      params: { id },
      headers: {
        ...headers,
        "idempotency-key": {
          about: "At most 255 characters. The same key is the same answer",
          example: "draft-1",
        },
      },
      request: { text: "It comes tomorrow.", ifLastSeq: 2 },
      answers: {
        202: { messageId: "msg_5f76ca958a41c392ecc39cbc27", channel: "sms", status: "requested" },
      },
    },
    claimConversation: {
      summary: "Take a conversation",
      description: "409 `claimed` names who has it.",
      params: { id },
      headers,
      request: {},
      answers,
    },
    releaseConversation: {
      summary: "Give a conversation back to the queue",
      params: { id },
      headers,
      request: {},
      answers,
    },
    assignConversation: {
      summary: "Give a conversation to somebody, or to a team",
      description: "Null takes it away; what is absent stays.",
      params: { id },
      headers,
      request: { assignee: "Ben", team: "returns" },
      answers,
    },
    addNote: {
      summary: "Write a note for colleagues",
      params: { id },
      headers,
      request: { text: "Asked the depot." },
      answers,
    },
    closeConversation: { summary: "Close a conversation", params: { id }, headers, request: {}, answers },
    snoozeConversation: {
      summary: "Put a conversation to sleep",
      description: "It wakes at that time, or when the customer writes.",
      params: { id },
      headers,
      request: { until: "2030-01-01T09:00:00Z" },
      answers,
    },
    reopenConversation: {
      summary: "Open a conversation again",
      params: { id },
      headers,
      request: {},
      answers,
    },
    tagConversation: {
      summary: "Change the tags of a conversation",
      params: { id },
      headers,
      request: { add: ["late parcel"], remove: [] },
      answers,
    },
  },
};

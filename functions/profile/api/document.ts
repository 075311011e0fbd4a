import type { Described } from "#runtime/http/described.ts";
import { PAGE } from "#runtime/http/paging.ts";
import type { operations } from "./operations.ts";

const ref = { about: "A customerId, or `type:value` of an identifier", example: "userId:kim" };

const profile = {
  customerId: "cus_01m8n9ts79gbsj9n767vvqrpa4",
  identifiers: [
    { type: "email", value: "kim@example.com" },
    { type: "userId", value: "kim" },
  ],
  contested: [],
  unproven: [{ type: "email", value: "kim@elsewhere.example" }],
  traits: { email: "kim@example.com", firstName: "Kim" },
  computed: { orders: 1, spent: 24.5 },
  computedSince: {},
  approximate: [],
  segments: ["new customer"],
  consent: [
    {
      channel: "email",
      topic: "marketing",
      status: "granted",
      kind: "express",
      at: "2026-11-30T09:30:00.000Z",
      source: "sign-up form",
    },
  ],
  addresses: [{ channel: "email", value: "kim@example.com", status: "active" }],
  createdAt: "2026-11-30T09:30:00.000Z",
  updatedAt: "2026-11-30T09:31:00.000Z",
  version: 3,
} as const;

export const described: Described<typeof operations> = {
  tag: { name: "Profiles", description: "What is known of a customer, and what happened with them." },
  calls: {
    showProfile: {
      summary: "What is known of a customer now",
      description: "A customerId that was merged into another answers with the customer it became.",
      params: { ref },
      answers: { 200: profile },
    },
    findProfile: {
      summary: "The same, with the reference in the query",
      query: { ref },
      answers: { 200: profile },
    },
    revealProfile: {
      summary: "The same with every address, which is written into the audit log",
      description: "For people of the console to whom addresses are shown masked.",
      params: { ref },
      answers: { 200: profile },
    },
    tellConsent: {
      summary: "Record what a customer told somebody of the company that they agree to, or do not",
      description:
        "It holds at once. `reason`, how they told it, is written into the audit log; `text`, the words they agreed to, is kept with the consent alone.",
      params: { ref },
      request: {
        channel: "email",
        topic: "marketing",
        status: "granted",
        kind: "express",
        reason: "phone",
        text: "May we write to you about new coffees?",
      },
      answers: { 200: profile },
    },
    showTimeline: {
      summary: "Everything that happened with a customer, newest first",
      params: { ref },
      query: PAGE,
      answers: {
        200: {
          items: [
            {
              id: "msg_5f76ca958a41c392ecc39cbc27",
              kind: "message",
              at: "2026-11-30T09:31:00.000Z",
              messageId: "msg_5f76ca958a41c392ecc39cbc27",
              channel: "email",
              status: "sent",
              decisionId: "dec_1c61b0b0a9f0f3bd94a3f5a1cd",
              action: "welcome",
            },
            {
              id: "evt_9f185fd1876e23d736e6d51682",
              kind: "event",
              at: "2026-11-30T09:30:00.000Z",
              type: "track",
              name: "Signed Up",
              properties: {},
              standing: "public",
            },
          ],
          cursor: null,
        },
      },
    },
  },
};

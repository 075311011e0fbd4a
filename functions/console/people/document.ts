import type { Described } from "#runtime/http/described.ts";
import { PAGE } from "#runtime/http/paging.ts";
import type { operations } from "./operations.ts";

export const described: Described<typeof operations> = {
  tag: {
    name: "People",
    description: "Who works with the hub, what they did, and what waits for them.",
  },
  calls: {
    listPeople: {
      summary: "Who may log in to the console, with their roles",
      description: "Addresses are shown to a key, and to people who are `admin` or `privacy`.",
      query: PAGE,
      answers: {
        200: {
          items: [
            {
              personId: "6b1f0e9c-2f0d-4f5e-9a57-0d1b8d8a4c11",
              name: "Mara Lindqvist",
              email: "mara@shop.example",
              roles: ["marketer"],
              enabled: true,
            },
          ],
          cursor: null,
        },
      },
    },
    listAlarms: {
      summary: "The hub's alarms, those that went off last first",
      description:
        "What waits too long, fails or was set aside, each with what a customer suffers from it. By CloudWatch in AWS, by the local clock on one machine.",
      query: PAGE,
      answers: {
        200: {
          items: [
            {
              name: "rapport-prod-send-email-dead-letter",
              state: "OK",
              since: "2026-11-30T09:31:00.000Z",
              reason: "Nothing lies there.",
              about: "E-mails stay away. Runbook: docs/runbook/send-email-dead-letter.md",
            },
          ],
          cursor: null,
        },
      },
    },
    listAudit: {
      summary: "Who changed what, newest first",
      description:
        "Calls that change playbooks, drafts or keys, or reveal addresses, whoever makes them; and all that people of the console do beside reading.",
      query: PAGE,
      answers: {
        200: {
          items: [
            {
              auditId: "aud_01m8n9ts79gbsj9n767vvqrpa4",
              at: "2026-11-30T09:31:00.000Z",
              actor: { kind: "person", id: "6b1f0e9c-2f0d-4f5e-9a57-0d1b8d8a4c11" },
              call: "publishDraft",
              target: "dft_01m8n9ts79gbsj9n767vvqrpa4",
              state: "done",
              before: { live: "pb_5f76ca958a41c392" },
              after: { live: "pb_9f185fd1876e23d7" },
            },
          ],
          cursor: null,
        },
      },
    },
  },
};

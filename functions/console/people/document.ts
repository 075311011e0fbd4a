import type { Described } from "#runtime/http/described.ts";
import { PAGE } from "#runtime/http/paging.ts";
import type { operations } from "./operations.ts";

const colleague = {
  personId: "6b1f0e9c-2f0d-4f5e-9a57-0d1b8d8a4c11",
  name: "Mara Lindqvist",
  email: "mara@shop.example",
  roles: ["marketer"],
  enabled: true,
} as const;
const id = { about: "`personId` of the colleague", example: colleague.personId };

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
          items: [colleague],
          cursor: null,
        },
      },
    },
    invitePerson: {
      summary: "Let a colleague log in",
      description:
        "The user pool mails them what they log in with for the first time. A key does so only with every scope: an admin may everything.",
      request: { email: colleague.email, name: colleague.name, roles: [...colleague.roles] },
      answers: { 201: { ...colleague, invited: true } },
    },
    invitePersonAgain: {
      summary: "Mail an invitation once more",
      description: "What was mailed is good for three days. Whoever has logged in needs none.",
      params: { id },
      answers: { 200: { ...colleague, invited: true } },
    },
    changePerson: {
      summary: "Give roles and take them, disable a colleague or let them in again",
      description:
        "What is left out stays. Sessions follow within 15 minutes. Nobody disables themselves, or takes `admin` from themselves.",
      params: { id },
      request: { roles: ["marketer", "analyst"], enabled: true },
      answers: { 200: { ...colleague, roles: ["marketer", "analyst"] } },
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
        "Calls that change playbooks, drafts or keys, or reveal addresses, whoever makes them; and all that people of the console do beside reading. Asked for some of them, a page may hold few or none while `cursor` says that there are more to look through.",
      query: {
        ...PAGE,
        actor: {
          about: "Only those of a person or key, by id of at most 200 characters",
          example: colleague.personId,
        },
        call: {
          about: "Only those of a call, by `operationId` of at most 200 characters",
          example: "publishDraft",
        },
        target: {
          about: "Only what was done to the thing of this id, in at most 200 characters",
          example: "dft_01m8n9ts79gbsj9n767vvqrpa4",
        },
        from: { about: "Only what was done from this time on", example: "2026-11-01T00:00:00Z" },
        to: { about: "Only what was done before this time", example: "2027-01-01T00:00:00Z" },
      },
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

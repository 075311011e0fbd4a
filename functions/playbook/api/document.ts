import type { Described } from "#runtime/http/described.ts";
import { PAGE } from "#runtime/http/paging.ts";
import type { operations } from "./operations.ts";

const version = "pb_d729afc85061d9129b8e822ceb";
const summary = { version, name: "shop", createdAt: "2026-11-30T09:30:00.000Z", published: true };

/** The smallest playbook there can be: it may write mails, and has nothing to say yet. */
const files = {
  "playbook.yaml": `name: shop
brand:
  name: Test Shop
  website: https://shop.example
  postalAddress: 1 Test Street, 12345 Testville
  supportContact: help@shop.example
  locale: en
  timeZone: UTC
channels:
  email: { provider: ses, from: Test Shop <hello@shop.example> }
`,
};

export const described: Described<typeof operations> = {
  tag: { name: "Playbooks", description: "What business people decide: versions, and the one that is live." },
  calls: {
    uploadPlaybook: {
      summary: "Validate and keep a playbook",
      description: "As JSON, or as a zip of its folder (at most 4 MB). It is not live until it is published.",
      request: { "application/json": { files } },
      answers: {
        201: { version, warnings: [] },
        422: {
          type: "urn:rapport:problem:playbook_invalid",
          title: "The playbook is not valid",
          status: 422,
          code: "playbook_invalid",
          message: 'playbook.yaml:1:1 "brand" is missing',
          errors: [
            {
              severity: "error",
              file: "playbook.yaml",
              line: 1,
              column: 1,
              code: "missing-field",
              message: '"brand" is missing',
              expected: "a map of fields",
            },
          ],
          warnings: [],
        },
      },
    },
    listPlaybooks: {
      summary: "All versions that were kept, newest first",
      query: PAGE,
      answers: { 200: { items: [summary], cursor: null } },
    },
    showPlaybook: {
      summary: "One version with its files, and what may be said where",
      params: { version: { about: "A version, or `current` for the one that is live", example: "current" } },
      answers: {
        200: {
          ...summary,
          files,
          actions: [
            {
              action: "welcome",
              category: "marketing",
              placements: ["trigger.welcome"],
              treatments: [{ treatment: "welcome", channel: "email", locales: ["en", "de"] }],
            },
          ],
          placements: ["trigger.welcome"],
        },
      },
    },
    publishPlaybook: {
      summary: "Make a version live within 5 seconds",
      description:
        "Publishing an older version goes back to it. Somebody in the console gets 409 `approval_needed` where the playbook asks for two people and nobody else has approved it.",
      params: { version: { about: "A version that was kept", example: version } },
      request: {},
      answers: { 200: { version, previous: null } },
    },
  },
};

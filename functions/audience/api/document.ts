import type { Described } from "#runtime/http/described.ts";
import { PAGE } from "#runtime/http/paging.ts";
import type { operations } from "./operations.ts";

const name = { about: "The segment, as segments.yaml calls it", example: "vip" };
const sendId = { about: "The id of the send", example: "snd_01m8n9tw0bpbavbd07s6ab4b04" };
const jobId = {
  about: "The id of the job; that of a send is one",
  example: "snd_01m8n9tw0bpbavbd07s6ab4b04",
};
const AT = "2026-11-21T10:00:00.000Z";

const segment = { name: "vip", size: 1_204, at: AT };
const send = {
  sendId: sendId.example,
  name: "november-news",
  status: "running" as const,
  dryRun: false,
  segment: "vip",
  placement: "trigger.win-back",
  rate: 50,
  total: 800,
  decided: 800,
  sent: 610,
  refused: { consent: 150, cap: 40 },
  channels: { email: 610 },
  cost: 0.61,
  bounced: 2,
  complained: 0,
  failed: 0,
  failures: [],
  createdAt: AT,
  startedAt: AT,
  finishedAt: null,
};
const job = {
  jobId: jobId.example,
  kind: "send" as const,
  status: "running" as const,
  done: 4_100,
  total: 10_000,
  failed: 0,
  failures: [],
  createdAt: AT,
  startedAt: AT,
  finishedAt: null,
  units: 5_200,
};
const previewId = { about: "The id of the preview", example: "prv_01m8n9tw0bpbavbd07s6ab4b04" };
const preview = {
  previewId: previewId.example,
  version: "pb_0123456789abcdef0123456789",
  live: "pb_00000000000000000000000000",
  status: "done" as const,
  token: "cnf_01m8n9tw0bpbavbd07s6ab4b04",
  done: 10_000,
  total: 10_000,
  journeys: [{ journey: "first-weeks", step: "settle", stay: 812, move: 0, exit: 3, dueNow: 211 }],
  messagesFirstHour: 211,
  // biome-ignore lint/suspicious/noThenProperty: the word of the API's promise
  segments: [{ name: "vip", now: 120, then: 140, of: "all" as const }],
  removed: [],
};
const ofSend = { params: { id: sendId }, answers: { 200: send } };
const ofJob = { params: { id: jobId }, answers: { 200: job } };

export const described: Described<typeof operations> = {
  tag: { name: "Audiences", description: "Who is in a segment, and what is said to all of them." },
  calls: {
    listSegments: {
      summary: "All segments of the live playbook, with how many are in each",
      description: "Counted by a walk over all customers: how long ago, `at` says.",
      query: PAGE,
      answers: { 200: { items: [segment], cursor: null } },
    },
    showSegment: { summary: "One segment", params: { name }, answers: { 200: segment } },
    listMembers: {
      summary: "Who is in a segment",
      description:
        "In no order that means anything. Where there are very many customers, 503 with Retry-After asks to come again.",
      params: { name },
      query: PAGE,
      answers: { 200: { items: [{ customerId: "cus_01m8n9tw0bpbavbd07s6ab4b04" }], cursor: null } },
    },
    createSend: {
      summary: "Ask a placement once for each customer of a segment, or of a condition",
      description:
        "With `dryRun`, what would be is counted, and nobody hears anything; `start` then begins it. `at`: a time at which it begins, or an hour (`18:00`) of each customer's own day at which messages leave. `rate`: most customers a second. It pauses by itself where more bounce, or complain, than `stopAt` says.",
      headers: {
        "idempotency-key": {
          about: "Up to 200 characters; the same key begins no second send",
          example: "november-news",
        },
      },
      request: { name: "november-news", segment: "vip", placement: "trigger.win-back", dryRun: true },
      answers: { 202: { sendId: sendId.example } },
    },
    listSends: {
      summary: "All sends, the newest first",
      query: PAGE,
      answers: { 200: { items: [send], cursor: null } },
    },
    showSend: { summary: "One send: how far it came", ...ofSend },
    startSend: {
      summary: "Begin for good what was tried dry, or let go on what is paused",
      description: "Begun twice it decides nothing twice.",
      ...ofSend,
    },
    pauseSend: { summary: "Keep a send still; it goes on where it was", ...ofSend },
    resumeSend: { summary: "Let a send go on", ...ofSend },
    cancelSend: { summary: "End a send; what was decided leaves", ...ofSend },
    beginPreview: {
      summary: "Find out what a version would do to those inside of journeys, before it goes live",
      params: { version: { about: "The version, or `current`", example: "pb_0123456789abcdef0123456789" } },
      answers: { 202: { previewId: previewId.example } },
    },
    showPreview: {
      summary: "What a version would do: who stays, moves, leaves, goes on at once",
      description:
        "Exact, by the clock as it was when it was asked for. Publishing takes its `token` where many people are moved.",
      params: { id: previewId },
      answers: { 200: preview },
    },
    listJobs: {
      summary: "Everything that walks, or walked, over many customers, the newest first",
      query: {
        ...PAGE,
        kind: { about: "Only those of this kind: `send`, `sizes`, `members` or `preview`", example: "send" },
      },
      answers: { 200: { items: [job], cursor: null } },
    },
    showJob: { summary: "One job: how far it came, and with whom it failed", ...ofJob },
    pauseJob: {
      summary: "Keep a job still",
      description: "Needs the scope by which it was begun.",
      ...ofJob,
    },
    resumeJob: { summary: "Let a job go on", ...ofJob },
    cancelJob: { summary: "End a job", ...ofJob },
  },
};

import type { Described } from "#runtime/http/described.ts";
import { PAGE } from "#runtime/http/paging.ts";
import type { operations } from "./operations.ts";

const name = { about: "The journey, as its file is called", example: "first-weeks" };
const runId = { about: "The id of the run", example: "run_01m8n9tw0bpbavbd07s6ab4b04_0123456789abcdef" };
const ofRun = { params: { name, runId }, answers: { 202: { runId: runId.example } } };

const journey = {
  journey: "first-weeks",
  still: false,
  inside: 12,
  entered: 40,
  exited: { converted: 9, finished: 19 },
  steps: [{ step: "settle", kind: "wait", inside: 12, oldest: "2026-11-21T10:00:00.000Z" }],
};

export const described: Described<typeof operations> = {
  tag: { name: "Journeys", description: "Who is in which journey, and where." },
  calls: {
    listJourneys: {
      summary: "All journeys of the live playbook, with who is where",
      answers: { 200: { items: [journey], cursor: null } },
    },
    showJourney: { summary: "One journey", params: { name }, answers: { 200: journey } },
    listRuns: {
      summary: "Who is inside, the last to come to their step first",
      description: "Those that live: of one step, or of one customer, where that is asked.",
      params: { name },
      query: {
        ...PAGE,
        step: { about: "Only those at this step", example: "settle" },
        customer: {
          about: "Only those of this customer: a customerId or type:value, at most 600 characters",
          example: "userId:kim",
        },
      },
      answers: {
        200: {
          items: [
            {
              runId: runId.example,
              customerId: "cus_01m8n9tw0bpbavbd07s6ab4b04",
              step: "settle",
              enteredAt: "2026-11-21T10:00:00.000Z",
              since: "2026-11-21T10:00:00.000Z",
              due: "2026-11-24T10:00:00.000Z",
              version: "pb_0123456789abcdef0123456789",
              vars: {
                key: "",
                entry: { name: "Signed Up", at: "2026-11-21T10:00:00.000Z", properties: {} },
                choices: {},
              },
            },
          ],
          cursor: null,
        },
      },
    },
    startRun: {
      summary: "Lead a customer in",
      description:
        "`again` and `whileInside` of the journey hold here too; its `if` does not. Answered before it happens: a moment later the run is in the list.",
      params: { name },
      request: { customer: "userId:kim" },
      answers: { 202: { runId: runId.example } },
    },
    pauseRun: { summary: "Keep a run still", ...ofRun },
    resumeRun: {
      summary: "Let a run go on",
      description:
        "What it waits for is over where its time has come meanwhile; what follows counts from now.",
      ...ofRun,
    },
    cancelRun: {
      summary: "End a run",
      description: "What was decided on its way and has not left yet does not leave.",
      ...ofRun,
    },
    moveRun: {
      summary: "Put a run at another step, or let it end by `stop`",
      request: { step: "settle" },
      ...ofRun,
    },
    pauseJourney: {
      summary: "Keep a whole journey still",
      description: "Everybody stays where they are within five seconds; exits let out all the same.",
      params: { name },
      answers: { 200: { journey: "first-weeks", still: true } },
    },
    resumeJourney: {
      summary: "Let a whole journey go on",
      description: "Those whose time came meanwhile go on little by little: 500 a minute.",
      params: { name },
      answers: { 200: { journey: "first-weeks", still: false } },
    },
  },
};

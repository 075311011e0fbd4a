import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

const SESSION = {
  personId: "6b1f0e9c-2f0d-4f5e-9a57-0d1b8d8a4c11",
  name: "Mara Lindqvist",
  email: "mara@shop.example",
  roles: ["marketer"],
  calls: ["showProfile", "publishPlaybook"],
  addresses: "masked",
  renewBy: "2026-11-30T10:15:00.000Z",
} as const;

export const described: Described<typeof operations> = {
  tag: {
    name: "Console session",
    description:
      "How people log in to the console. Programs use keys: a session counts only for pages of the console itself.",
  },
  calls: {
    logIn: {
      summary: "Lead to where people log in",
      query: {
        to: { about: "The page of the console to come back to", example: "/console" },
        again: {
          about: "Set by the hub where a log-in came back to a browser that did not begin it",
          example: "1",
        },
      },
    },
    finishLogIn: {
      summary: "Take the answer of the log-in, and begin a session",
      description: "The session is a cookie that no script can read.",
      query: {
        code: { about: "What the session is had for", example: "a-code" },
        state: { about: "What the log-in was begun with", example: "a-state" },
      },
    },
    showSession: {
      summary: "Who is logged in, and what they may do",
      description: "401 `session_expired`: renew it; 401 `session_unknown`: log in.",
      answers: { 200: SESSION },
    },
    renewSession: {
      summary: "Go on with a session",
      description: "Roles are read anew. 401 where it is over: log in.",
      answers: { 200: SESSION },
    },
    endSession: {
      summary: "Log out",
      description: "The browser should go to `to`, where the log-in itself ends.",
      answers: { 200: { to: "https://log-in.example/logout?client_id=console" } },
    },
  },
};

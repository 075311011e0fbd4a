import * as z from "zod/mini";
import { operation } from "#runtime/http/operation.ts";
import { ROLES } from "#runtime/http/roles.ts";

const HTML = "text/html";
const scope = null;

/** Who is logged in, and what they may do. */
export const Session = z.object({
  personId: z.string(),
  /** As colleagues know them. */
  name: z.string(),
  email: z.nullable(z.string()),
  roles: z.array(z.enum(ROLES)),
  /** `operationId` of the calls that their roles may make. */
  calls: z.array(z.string()),
  /** Whether addresses of customers are shown to them, or masked. */
  addresses: z.enum(["shown", "masked"]),
  /** Until when calls are answered without renewing the session; ISO-8601 UTC. */
  renewBy: z.string(),
});
export type Session = z.output<typeof Session>;

export const operations = {
  logIn: operation({
    route: "GET /console/login",
    scope,
    query: z.object({ to: z.exactOptional(z.string()), again: z.exactOptional(z.string()) }),
    answers: { 302: HTML, 404: HTML, 503: HTML },
  }),
  finishLogIn: operation({
    route: "GET /console/callback",
    scope,
    query: z.object({ code: z.exactOptional(z.string()), state: z.exactOptional(z.string()) }),
    answers: { 302: HTML, 400: HTML, 503: HTML },
  }),
  showSession: operation({ route: "GET /console/session", scope, answers: { 200: Session } }),
  renewSession: operation({ route: "POST /console/session", scope, answers: { 200: Session } }),
  endSession: operation({
    route: "DELETE /console/session",
    scope,
    answers: { 200: z.object({ to: z.string() }) },
  }),
};

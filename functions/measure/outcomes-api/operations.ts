import * as z from "zod/mini";
import { operation } from "#runtime/http/operation.ts";
import { name, time } from "#runtime/http/shapes.ts";

/** `POST /v1/outcomes`. */
export const OutcomeRequest = z.object({
  decisionId: name,
  action: name,
  outcome: z.string().check(
    z.regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$/, {
      error:
        "a name of 1 to 100 letters, digits, spaces, dots, hyphens or underscores that begins with a letter or digit",
    }),
  ),
  value: z.exactOptional(z.number()),
  at: z.optional(time),
});

export const OutcomeAnswer = z.object({
  accepted: z.literal(true),
  /** The outcome is kept, but nothing in the live playbook knows its name. */
  warnings: z.exactOptional(z.array(z.object({ path: z.string(), expected: z.string(), got: z.string() }))),
});

export const operations = {
  reportOutcome: operation({
    route: "POST /v1/outcomes",
    scope: "decide",
    request: OutcomeRequest,
    refuses: [404],
    answers: { 202: OutcomeAnswer },
  }),
};

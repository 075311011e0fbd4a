import * as z from "zod/mini";
import { BOUNDS } from "#kernel/bounds.ts";
import { Finding } from "#runtime/http/findings.ts";
import { operation } from "#runtime/http/operation.ts";
import { JsonObject, name, Problem, ref } from "#runtime/http/shapes.ts";

/** `POST /v1/renders`: a treatment as it would be sent, without sending it. */
export const RenderRequest = z.object({
  /** Default: the live one. */
  version: z.optional(name),
  /** A draft in place of a version, and files as they stand in an editor over those that it has. */
  draft: z.optional(name),
  unsaved: z.optional(z.record(z.string().check(z.maxLength(300)), z.string())),
  treatment: name,
  channel: name,
  /** Default: somebody of whom nothing is known. */
  customer: z.optional(ref),
  /** Default: the customer's language, else the brand's. */
  locale: z.optional(z.string().check(z.minLength(2), z.maxLength(35))),
  /** The triggering event, as templates see it: `name`, and its properties beside it. */
  event: z.optional(JsonObject),
  data: z.optional(JsonObject),
  context: z.optional(JsonObject),
});
export type RenderRequest = z.output<typeof RenderRequest>;

export const RenderAnswer = z.object({
  playbook: z.string(),
  action: z.string(),
  treatment: z.string(),
  channel: z.string(),
  locale: z.string(),
  /** The languages that it is written in; none where it has one text for all. */
  locales: z.array(z.string()),
  /** What the channel's provider would be given: of a mail `from`, `to`, `subject`, `html`, `text`, `headers`. */
  message: JsonObject,
  /** What it counts for at the provider: the parts of a text message. */
  units: z.int(),
  warnings: z.array(z.object({ code: z.string(), part: z.string(), host: z.string() })),
});

/** A draft that cannot be rendered as it is: what is wrong with it, by file and line. */
const InvalidDraft = z.extend(Problem, {
  code: z.literal("playbook_invalid"),
  errors: z.array(Finding),
});

export const operations = {
  renderTreatment: operation({
    route: "POST /v1/renders",
    scope: "profiles:read",
    unmasked: "the brand's own addresses stand in it; the customer's are masked before it is rendered",
    request: RenderRequest,
    maxBytes: BOUNDS.draftBytes,
    refuses: [404],
    answers: { 200: RenderAnswer, 422: InvalidDraft },
  }),
};

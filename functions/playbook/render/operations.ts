import * as z from "zod/mini";
import { operation } from "#runtime/http/operation.ts";
import { JsonObject, name, ref } from "#runtime/http/shapes.ts";

/** `POST /v1/renders`: a treatment as it would be sent, without sending it. */
export const RenderRequest = z.object({
  /** Default: the live one. */
  version: z.optional(name),
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

export const operations = {
  renderTreatment: operation({
    route: "POST /v1/renders",
    scope: "profiles:read",
    request: RenderRequest,
    refuses: [404],
    answers: { 200: RenderAnswer },
  }),
};

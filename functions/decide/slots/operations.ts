import * as z from "zod/mini";
import { BOUNDS } from "#kernel/bounds.ts";
import { operation } from "#runtime/http/operation.ts";
import { JsonObject, name } from "#runtime/http/shapes.ts";

const text = z.string().check(z.maxLength(600));
/** Clients send ids as numbers now and then, and empty ones where they have none. */
const id = z.optional(z.nullable(z.union([text, z.pipe(z.number(), z.transform(String))])));

/** `POST /v1/slots`: what a page shows. Without a proof that holds, `userId` counts for nothing. */
export const SlotsRequest = z.object({
  anonymousId: id,
  userId: id,
  /** When the proof was made, ISO-8601, as it was signed. */
  at: z.optional(text),
  /** HMAC-SHA256 in hex over `userId + "." + at`, made by the company's server with the identity secret. */
  proof: z.optional(text),
  placements: z.array(name).check(z.minLength(1), z.maxLength(BOUNDS.slotsPlacements)),
  context: z.optional(JsonObject),
  /** Where headers cannot be set. */
  writeKey: z.optional(text),
});
export type SlotsRequest = z.output<typeof SlotsRequest>;

/** What is to be shown, and nothing of why. A placement with nothing to show has no item. */
export const SlotsAnswer = z.object({
  items: z.array(
    z.object({
      placement: z.string(),
      decisionId: z.string(),
      action: z.string(),
      content: z.nullable(JsonObject),
      /** For `POST /v1/slots/{token}`. */
      token: z.string(),
    }),
  ),
});

/** What a page tells of what it shows -> the outcome that it is. */
export const SLOT_OUTCOMES = { seen: "shown", clicked: "clicked", dismissed: "dismissed" } as const;

export const SlotOutcomeRequest = z.object({ outcome: z.enum(["seen", "clicked", "dismissed"]) });

export const operations = {
  decideSlots: operation({
    route: "POST /v1/slots",
    scope: "collect",
    request: SlotsRequest,
    maxBytes: BOUNDS.slotsBytes,
    answers: { 200: SlotsAnswer },
  }),
  reportSlotOutcome: operation({
    route: "POST /v1/slots/{token}",
    scope: null,
    refuses: [404],
    request: SlotOutcomeRequest,
    maxBytes: BOUNDS.slotsBytes,
    answers: { 202: z.object({ accepted: z.literal(true) }) },
  }),
};

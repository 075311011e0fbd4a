import { z } from "zod";
import { LOCAL } from "#providers/all.local.ts";
import { parseDuration } from "../machine/clock.ts";

const instant = z.iso.datetime({ offset: true });

/** As of every list of the public API; without a limit the outbox shows everything. */
export const outboxQuery = z.object({
  channel: z.string().optional(),
  to: z.string().optional(),
  messageId: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, "a cursor of an answer before")
    .optional(),
});

/** Of all decisions: one, those about one customer, or the one that made a message. */
export const decisionsQuery = z.object({
  id: z.string().optional(),
  customerId: z.string().optional(),
  messageId: z.string().optional(),
});

export const feedbackSchema = z.object({
  messageId: z.string().min(1),
  type: z.string().min(1),
  at: instant.optional(),
  url: z.url().optional(),
});

/** A provider's own payload: as an object, as text, or as bytes. */
const raw = z.union([
  z.strictObject({ base64: z.base64() }).transform(({ base64 }) => Buffer.from(base64, "base64")),
  z.record(z.string(), z.unknown()).transform((payload) => Buffer.from(JSON.stringify(payload))),
  z
    .string()
    .min(1)
    .transform((text) => Buffer.from(text)),
]);

const attachment = z.strictObject({
  name: z.string().min(1).max(255),
  type: z.string().min(1).max(100).default("application/octet-stream"),
  /** In base64. */
  content: z.base64().default(""),
});

/** A customer's message, on one of the channels that bring some in: who wrote what, or the provider's own payload. */
export const inboundOn = (channels: readonly string[]) =>
  z
    .object({
      channel: z.enum(channels),
      provider: z.string().min(1).optional(),
      from: z.string().min(1).optional(),
      to: z.string().min(1).optional(),
      text: z.string().optional(),
      subject: z.string().optional(),
      inReplyTo: z.string().min(1).optional(),
      providerMessageId: z.string().min(1).max(200).optional(),
      attachments: z.array(attachment).max(50).optional(),
      raw: raw.optional(),
    })
    .superRefine((inbound, context) => {
      if (inbound.raw !== undefined) return;
      for (const name of ["from", "text"] as const)
        if (inbound[name] === undefined)
          context.addIssue({ code: "invalid_type", expected: "string", input: undefined, path: [name] });
    })
    .transform(({ raw: bytes, ...inbound }) =>
      bytes === undefined ? inbound : { ...inbound, raw: bytes.toString(), rawBytes: bytes },
    );

export const clockSchema = z.union([
  z.strictObject({ advance: z.string() }),
  z.strictObject({ set: instant }),
]);

const anyFault = z.strictObject({
  target: z.string().min(1),
  kind: z.enum(["throttle", "error", "delay", "duplicate", "crash", "shuffle", "refuse"]),
  at: z.enum(["before", "after"]).default("before"),
  times: z.number().int().min(1).optional(),
  for: z
    .string()
    .refine((text) => (parseDuration(text) ?? 0) > 0, "an ISO-8601 duration such as PT10M")
    .optional(),
  delayMs: z.number().int().min(0).max(60_000).optional(),
  function: z.string().optional(),
  skip: z.number().int().min(0).optional(),
  seed: z.number().int().optional(),
  code: z.string().min(1).optional(),
  message: z.string().optional(),
  status: z.number().int().min(400).max(599).optional(),
  details: z.record(z.string(), z.string()).optional(),
});

const PROVIDER = /^provider:([^/]+)/;
const isKnown = (target: string): boolean => {
  const provider = PROVIDER.exec(target)?.[1];
  return provider === undefined ? !target.startsWith("provider:") : LOCAL.has(provider);
};

export const faultSchema = anyFault
  .refine(({ kind, code }) => kind !== "refuse" || code !== undefined, {
    error: "the name of the error that the service refuses with",
    path: ["code"],
  })
  .refine(({ target }) => isKnown(target), {
    error: `provider:<name>, the name one of ${[...LOCAL.keys()].join(", ")}`,
    path: ["target"],
  })
  // Bounded by its time alone, where nobody says how often.
  .transform((fault) => ({
    ...fault,
    times: fault.times ?? (fault.for === undefined ? 1 : Number.POSITIVE_INFINITY),
  }));

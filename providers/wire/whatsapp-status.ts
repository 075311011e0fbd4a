import * as z from "zod/mini";
import type { ProviderReport } from "#channels/definition/report.ts";
import { reasonOfCode } from "./whatsapp-failure.ts";

/** Of Meta's "status" webhook as much as we use. */
const Status = z.object({
  id: z.string(),
  status: z.string(),
  /** Seconds since the epoch. */
  timestamp: z.optional(z.string()),
  recipient_id: z.optional(z.string()),
  recipient_user_id: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ code: z.number() }))),
  /** What we sent along: our own id. */
  biz_opaque_callback_data: z.optional(z.string()),
});
type Status = z.infer<typeof Status>;

/** Whoever got it said no to marketing in WhatsApp itself ("Error codes", WhatsApp Cloud API). */
const SAID_NO = 131_050;

const factsOf = ({
  status,
  errors,
  recipient_id,
  recipient_user_id,
}: Status): readonly ProviderReport["fact"][] => {
  switch (status) {
    case "sent":
    case "delivered":
      return [{ kind: status }];
    // Where it was read at once, nobody tells that it was delivered.
    case "read":
    case "played":
      return [{ kind: "delivered" }, { kind: "read" }];
    case "failed": {
      const code = errors?.[0]?.code;
      const failed = { kind: "failed", reason: reasonOfCode(code) } as const;
      const addresses = [recipient_id, recipient_user_id].filter((one) => one !== undefined);
      return code === SAID_NO ? [failed, { kind: "unsubscribed", addresses }] : [failed];
    }
    default:
      return [];
  }
};

/**
 * What a status tells of a message of ours: nothing where somebody else sent it, or of a kind that says nothing. Null: its
 * shape is one that nobody has read yet.
 */
export const reportsIn = (given: unknown): readonly ProviderReport[] | null => {
  const { success, data } = z.safeParse(Status, given);
  if (!success) return null;
  const { id, timestamp = "", biz_opaque_callback_data: messageId } = data;
  if (messageId === undefined || !messageId.startsWith("msg_")) return [];
  if (!/^\d{1,11}$/.test(timestamp)) return null;
  const at = new Date(Number(timestamp) * 1_000).toISOString();
  return factsOf(data).map((fact) => ({ messageId, providerMessageId: id, at, fact }));
};

import * as z from "zod/mini";
import type { ReceivedMessage } from "#channels/definition/received.ts";
import type { ProviderReport } from "#channels/definition/report.ts";
import type { InboundCall, ProviderInbound, Readings } from "#ports/provider.ts";
import { isSame } from "#wire/same.ts";
import { whyUndelivered } from "./failure.ts";
import { signatureOf } from "./signature.ts";

/** What a call holds: its form, and from the address that we gave along whose message it is about. */
const Payload = z.object({
  form: z.record(z.string(), z.string()),
  messageId: z.optional(z.string()),
});
const Status = z.object({
  MessageSid: z.string(),
  MessageStatus: z.string(),
  To: z.optional(z.string()),
  ErrorCode: z.optional(z.string()),
});
const Written = z.object({
  MessageSid: z.string().check(z.minLength(1)),
  From: z.string().check(z.minLength(1)),
  To: z.string(),
  Body: z.optional(z.string()),
  NumMedia: z.optional(z.string()),
});

const formOf = ({ body }: InboundCall): URLSearchParams =>
  new URLSearchParams(Buffer.from(body).toString("utf8"));

const factsOf = ({
  MessageStatus,
  ErrorCode,
  To,
}: z.infer<typeof Status>): readonly ProviderReport["fact"][] => {
  switch (MessageStatus) {
    case "sent":
    case "delivered":
      return [{ kind: MessageStatus }];
    case "undelivered":
    case "failed":
    case "canceled": {
      const code = ErrorCode === undefined ? undefined : Number(ErrorCode);
      const reason = code === undefined ? MessageStatus : `code ${code}`;
      const addresses = To === undefined ? [] : [To];
      const why = whyUndelivered(code);
      if (why === "no number") return [{ kind: "bounced", permanent: true, reason, addresses }];
      const failed = { kind: "failed", reason: why === "opted out" ? why : reason } as const;
      return why === "opted out" ? [failed, { kind: "unsubscribed", addresses }] : [failed];
    }
    default:
      return [];
  }
};

/** Twilio names no time in its calls: they come within seconds. */
const reportsOf = (
  status: z.infer<typeof Status>,
  messageId: string | undefined,
  now: number,
): readonly ProviderReport[] => {
  if (messageId === undefined || !messageId.startsWith("msg_")) return [];
  const at = new Date(now).toISOString();
  return factsOf(status).map((fact) => ({ messageId, providerMessageId: status.MessageSid, at, fact }));
};

const MOST_MEDIA = 10;

const attachmentsIn = (form: Readonly<Record<string, string>>): Pick<ReceivedMessage, "attachments"> => {
  const count = Math.min(MOST_MEDIA, Number(form.NumMedia ?? 0) || 0);
  const attachments = Array.from({ length: count }, (_, index) => ({
    id: form[`MediaUrl${index}`] ?? "",
    type: form[`MediaContentType${index}`] ?? "application/octet-stream",
  })).filter(({ id }) => id !== "");
  return attachments.length === 0 ? {} : { attachments };
};

const read = (payload: unknown, now: number): Readings | undefined => {
  const { success, data } = z.safeParse(Payload, payload);
  if (!success) return undefined;
  const { form, messageId } = data;
  const status = z.safeParse(Status, form);
  if (status.success) return { messages: [], reports: reportsOf(status.data, messageId, now) };
  const written = z.safeParse(Written, form);
  if (!written.success) return undefined;
  const { MessageSid: providerMessageId, From: from, To: to, Body: text = "" } = written.data;
  return { messages: [{ channel: "sms", providerMessageId, from, to, text, ...attachmentsIn(form) }] };
};

/** Texts that customers send to a number at Twilio, and what becomes of ours. */
export const inbound: ProviderInbound = {
  webhook: {
    secrets: ["authToken"],
    isGenuine: (call, { authToken = "" }) =>
      authToken !== "" &&
      isSame(call.headers["x-twilio-signature"] ?? "", signatureOf(authToken, call.url, formOf(call))),
    payloadOf: (call) => {
      const messageId = new URL(call.url).searchParams.get("messageId");
      const form = Object.fromEntries(formOf(call));
      return { form, ...(messageId === null ? {} : { messageId }) };
    },
  },
  read: (payload, _account, now) => read(payload, now),
};

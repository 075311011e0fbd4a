import type { ProviderReport } from "#channels/definition/report.ts";
import { readReplyAddress } from "#domain/message/reply-token.ts";
import type { LinkKeys } from "#domain/message/token.ts";
import { isReport } from "./automatic.ts";
import type { Mail } from "./mail.ts";

/** What is looked at of each part of a report, in characters. */
const MOST_READ = 64 * 1024;
/** Addresses with a token that are looked at. */
const MOST_ADDRESSES = 20;
const WITH_TOKEN = /[\w.!#$%&'*/=?^`{|}~-]{1,64}\+[0-9a-f]{46}@[\w.-]{1,255}/gi;

const textOf = ({ content }: Mail["parts"][number]): string =>
  (typeof content === "string" ? content : Buffer.from(new Uint8Array(content)).toString("latin1")).slice(
    0,
    MOST_READ,
  );

const isStatus = ({ mimeType }: Mail["parts"][number]): boolean => mimeType === "message/delivery-status";

/** Whether a mail says of another that it was not delivered (RFC 3464). */
export const isDeliveryReport = (mail: Mail): boolean => isReport(mail) && mail.parts.some(isStatus);

/**
 * What a delivery report says of a message of ours. Null: nothing, for it may yet be delivered, or the mail that it returns
 * does not carry our signature: anybody can write a report. No address is held back by it: whoever carries our mail tells
 * of those in its own way.
 */
export const failureIn = (
  mail: Mail,
  keys: LinkKeys,
  { providerMessageId, at }: { readonly providerMessageId: string; readonly at: string },
): ProviderReport | null => {
  const status = mail.parts.filter(isStatus).map(textOf).join("\n");
  if (!/^action:\s*failed\b/im.test(status)) return null;
  const returned = mail.parts.filter((part) => !isStatus(part)).map(textOf);
  const addresses = [...mail.recipients, ...returned.flatMap((text) => text.match(WITH_TOKEN) ?? [])];
  const [messageId] = addresses.slice(0, MOST_ADDRESSES).flatMap((one) => readReplyAddress(keys, one) ?? []);
  if (messageId === undefined) return null;
  const code = /^status:\s*([245]\.\d{1,3}\.\d{1,3})\b/im.exec(status)?.[1] ?? "unknown";
  return { messageId, providerMessageId, at, fact: { kind: "failed", reason: `bounced: ${code}` } };
};

import { CHANNELS } from "#channels/all.ts";
import { customerFacts, emptyFacts } from "#domain/customer/customer-facts.ts";
import { findContent, localeOf } from "#domain/message/content.ts";
import { scopeOf } from "#domain/message/render/scope.ts";
import { renderSlot } from "#domain/message/render/slot.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Message } from "#domain/records/message.ts";
import { RapportError } from "#kernel/errors.ts";
import type { JsonObject } from "#kernel/json.ts";
import { htmlToText } from "#template/html/to-text.ts";

/** Texts of a message by the names that channels call them, the one that says most first. */
const TEXTS = ["text", "html", "body", "title", "subject"] as const;

const wordsOf = (content: JsonObject): string => {
  for (const name of TEXTS) {
    const text = content[name];
    if (typeof text === "string" && text.trim() !== "")
      return name === "html" ? htmlToText(text) : text.trim();
  }
  return "";
};

/**
 * What a message of ours said, in plain text, for whoever reads the thread that it stands in: rendered again by the version
 * that decided it, for what was sent is not kept. "": its template cannot be rendered any more.
 * @param record null: nothing is known of the customer any more
 */
export const shownText = (
  message: Pick<
    Message,
    "action" | "treatment" | "channel" | "content" | "data" | "createdAt" | "event" | "standing"
  >,
  record: CustomerRecord | null,
  playbook: PlaybookDocument,
): string => {
  const found = findContent(playbook, message, record === null ? undefined : localeOf(record.state));
  if (found === null) return "";
  const at = Date.parse(message.createdAt);
  const customer = record === null ? emptyFacts(playbook, at) : customerFacts(record.state, playbook, at);
  const setting = { locale: found.locale, timeZone: playbook.brand.timeZone, now: message.createdAt };
  try {
    const scope = scopeOf(message, customer, playbook);
    const content = renderSlot({ content: found.content, brand: playbook.brand, scope, setting });
    return CHANNELS.get(message.channel)?.content?.shown?.(content) ?? wordsOf(content);
  } catch (error) {
    if (error instanceof RapportError && error.code === "template_failed") return "";
    throw error;
  }
};

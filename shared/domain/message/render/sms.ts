import { RapportError } from "#kernel/errors.ts";
import type { Brand } from "../../playbook/model/document.ts";
import type { SmsMessage } from "../../records/message.ts";
import { smsSize } from "../sms-parts.ts";
import type { Texts } from "./texts.ts";

/** SendTextMessage takes so many characters (`MessageBody`). */
const MAX_CHARACTERS = 1_600;

/**
 * Addresses in a text message are left as they are: a counted one would fill a part of its own.
 * @throws RapportError `template_failed`
 */
export function renderSms(options: {
  readonly to: string;
  readonly texts: Texts;
  readonly brand: Brand;
}): SmsMessage {
  const { texts, brand } = options;
  const text = texts.require(texts.has("text") ? "text" : "body", "text").trim();
  if (text.length > MAX_CHARACTERS) {
    throw new RapportError(
      "template_failed",
      `text: ${text.length} characters, at most ${MAX_CHARACTERS} can be sent`,
    );
  }
  if (!brand.sms) throw new RapportError("template_failed", "brand.sms.from: is not set in the playbook");
  if (!/^\+[1-9]\d{5,14}$/.test(options.to)) {
    throw new RapportError("template_failed", "recipient: is not a phone number in E.164 form");
  }
  return { channel: "sms", to: options.to, from: brand.sms.from, text, parts: smsSize(text).parts };
}

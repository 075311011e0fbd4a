import { RapportError } from "#kernel/errors.ts";
import type { Render } from "../definition/rendering.ts";
import type { SmsMessage } from "./message.ts";
import { plainText } from "./plain.ts";
import { smsSize } from "./size.ts";

/** What the networks carry in ten parts; providers take no more. */
const MAX_CHARACTERS = 1_600;

/** A text message. Links in it are left as they are: a counted one would fill a part of its own. */
export const render: Render<SmsMessage> = ({ addresses, sender, texts }) => {
  const [to = ""] = addresses;
  const text = plainText(texts.require(texts.has("text") ? "text" : "body", "text")).trim();
  if (text.length > MAX_CHARACTERS) {
    throw new RapportError(
      "template_failed",
      `text: ${text.length} characters, at most ${MAX_CHARACTERS} can be sent`,
    );
  }
  if (!sender) throw new RapportError("template_failed", "brand.sms.from: is not set in the playbook");
  if (!/^\+[1-9]\d{5,14}$/.test(to)) {
    throw new RapportError("template_failed", "recipient: is not a phone number in E.164 form");
  }
  const { parts } = smsSize(text);
  return { message: { to, from: sender.from, text, parts }, addresses: [to], units: parts };
};

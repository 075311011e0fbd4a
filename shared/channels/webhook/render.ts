import { RapportError } from "#kernel/errors.ts";
import { renderNamed } from "../definition/named-texts.ts";
import type { Render } from "../definition/rendering.ts";
import { ownerOf } from "./addresses.ts";
import type { WebhookMessage } from "./message.ts";

/** What most messengers take in one message, and some bytes of data beside it. */
const MAX_CHARACTERS = 16_000;
const MAX_DATA_BYTES = 16_000;

/** A text, and what the system is told beside it, for the person whom it knows by a name of its own. */
export const render: Render<WebhookMessage> = ({ addresses, content, renderText, texts }) => {
  const [address = ""] = addresses;
  const text = texts.require(texts.has("body") ? "body" : "text", "text").trim();
  const data = renderNamed(content.data, renderText);
  if (text.length > MAX_CHARACTERS) {
    throw new RapportError(
      "template_failed",
      `text: ${text.length} characters, at most ${MAX_CHARACTERS} can be sent`,
    );
  }
  const bytes = Buffer.byteLength(JSON.stringify(data));
  if (bytes > MAX_DATA_BYTES) {
    throw new RapportError("template_failed", `data: ${bytes} bytes, at most ${MAX_DATA_BYTES} can be sent`);
  }
  const owner = ownerOf(address);
  if (owner === undefined) {
    throw new RapportError("template_failed", "recipient: is not written as <account>:<who>");
  }
  return { message: { to: address.slice(owner.length + 1), text, data }, addresses: [address], units: 1 };
};

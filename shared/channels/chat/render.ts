import { RapportError } from "#kernel/errors.ts";
import type { Render } from "../definition/rendering.ts";
import { type ChatText, MAX_CHARACTERS } from "./message.ts";

/** A text in the chat in which the customer wrote last. Links in it are left as they are: whoever clicks is on our pages already. */
export const render: Render<ChatText> = ({ addresses, texts }) => {
  const [to = ""] = addresses;
  const text = texts.require(texts.has("body") ? "body" : "text", "text").trim();
  if (text.length > MAX_CHARACTERS) {
    throw new RapportError(
      "template_failed",
      `text: ${text.length} characters, at most ${MAX_CHARACTERS} can be sent`,
    );
  }
  return { message: { to, text }, addresses: [to], units: 1 };
};

import { RapportError } from "#kernel/errors.ts";
import { isForbidden } from "#template/links/schemes.ts";
import { renderNamed } from "../definition/named-texts.ts";
import type { Render } from "../definition/rendering.ts";
import type { WebpushMessage } from "./message.ts";
import { readSubscription } from "./subscription.ts";

/** Push services take 4,096 bytes, of which the encryption needs 103 (RFC 8291, 4). */
const MAX_BYTES = 3_993;

/** A notification for all of the customer's browsers. */
export const render: Render<WebpushMessage> = ({ addresses, content, renderText, texts }) => {
  const written = texts.render("url", "text").trim();
  const url = isForbidden(written) ? "" : written;
  const image = texts.render("image", "text").trim();
  const notification = {
    title: texts.require("title", "text").trim(),
    body: texts.require("body", "text").trim(),
    data: renderNamed(content.data, renderText),
    ...(url === "" ? {} : { url }),
    ...(image === "" ? {} : { image }),
  };
  const bytes = Buffer.byteLength(JSON.stringify(notification));
  if (bytes > MAX_BYTES) {
    throw new RapportError("template_failed", `webpush: ${bytes} bytes, at most ${MAX_BYTES} can be sent`);
  }
  const browsers = addresses.flatMap((address) => {
    const subscription = readSubscription(address);
    return subscription === null ? [] : [{ ...subscription, address }];
  });
  if (browsers.length === 0) throw new RapportError("template_failed", "recipient: is no subscription");
  return { message: { browsers, notification }, addresses, units: 1 };
};

import { RapportError } from "#kernel/errors.ts";
import { isForbidden } from "#template/links/schemes.ts";
import { renderNamed } from "../definition/named-texts.ts";
import type { Render } from "../definition/rendering.ts";
import type { PushDevice, PushMessage, PushPlatform } from "./message.ts";

const PLATFORMS: Readonly<Record<string, PushPlatform>> = {
  gcm: "GCM",
  fcm: "GCM",
  apns: "APNS",
  apns_sandbox: "APNS_SANDBOX",
  adm: "ADM",
  baidu: "BAIDU",
};

/**
 * `apns:<token>` names the platform; a bare token tells it by its form: Apple's are hexadecimal (32 bytes and more),
 * Firebase's are not.
 */
export function pushDevice(address: string): PushDevice {
  const prefix = /^([a-z_]+):(.+)$/.exec(address);
  const named = prefix?.[1] === undefined ? undefined : PLATFORMS[prefix[1]];
  if (named !== undefined && prefix?.[2] !== undefined) return { address, platform: named, token: prefix[2] };
  return { address, platform: /^[0-9a-fA-F]{64,200}$/.test(address) ? "APNS" : "GCM", token: address };
}

/** Both services refuse more than 4 KB (Firebase: data and notification; Apple: the whole payload). */
const MAX_BYTES = 4_000;

/** A notification for all of the customer's devices. */
export const render: Render<PushMessage> = ({ addresses, content, renderText, texts }) => {
  const written = texts.render("url", "text").trim();
  const url = isForbidden(written) ? "" : written;
  const image = texts.render("image", "text").trim();
  const payload = {
    title: texts.require("title", "text").trim(),
    body: texts.require("body", "text").trim(),
    data: renderNamed(content.data, renderText),
    ...(url === "" ? {} : { url }),
    ...(image === "" ? {} : { image }),
  };
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  if (bytes > MAX_BYTES) {
    throw new RapportError("template_failed", `push: ${bytes} bytes, at most ${MAX_BYTES} can be sent`);
  }
  return { message: { devices: addresses.map(pushDevice), ...payload }, addresses, units: 1 };
};

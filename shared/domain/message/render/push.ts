import { RapportError } from "#kernel/errors.ts";
import type { Setting } from "#template/liquid/template.ts";
import type { PushDevice, PushMessage, PushPlatform } from "../../records/message.ts";
import { type Texts, textsOf } from "./texts.ts";

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

const renderData = (data: unknown, scope: Readonly<Record<string, unknown>>, setting: Setting) => {
  if (data === undefined || data === null) return {};
  if (typeof data !== "object" || Array.isArray(data)) {
    throw new RapportError("template_failed", "data: expected names with values");
  }
  const entries = Object.entries(data);
  const sources = Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
  const texts = textsOf(sources, scope, setting);
  return Object.fromEntries(entries.map(([name]) => [name, texts.render(name, "text")]));
};

/** Both services refuse more than 4 KB (Firebase: data and notification; Apple: the whole payload). */
const MAX_BYTES = 4_000;

/** @throws RapportError `template_failed` */
export function renderPush(options: {
  readonly devices: readonly string[];
  readonly texts: Texts;
  readonly content: Readonly<Record<string, unknown>>;
  readonly scope: Readonly<Record<string, unknown>>;
  readonly setting: Setting;
}): PushMessage {
  const { texts } = options;
  const url = texts.render("url", "text").trim();
  const image = texts.render("image", "text").trim();
  const message: PushMessage = {
    channel: "push",
    devices: options.devices.map(pushDevice),
    title: texts.require("title", "text").trim(),
    body: texts.require("body", "text").trim(),
    data: renderData(options.content.data, options.scope, options.setting),
    ...(url === "" ? {} : { url }),
    ...(image === "" ? {} : { image }),
  };
  const { devices: _addressed, ...payload } = message;
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  if (bytes > MAX_BYTES) {
    throw new RapportError("template_failed", `push: ${bytes} bytes, at most ${MAX_BYTES} can be sent`);
  }
  return message;
}

import type { Render } from "#channels/definition/rendering.ts";
import { messageLinks } from "#domain/message/links.ts";
import { renderMessage } from "#domain/message/render/render.ts";
import type { Brand } from "#domain/playbook/model/document.ts";
import type { Message } from "#domain/records/message.ts";
import { NOW } from "../customers/events.ts";
import { message } from "./message.ts";

export const LINK_KEYS = ["secret"];

export const BRAND: Brand = {
  name: "Test Shop",
  timeZone: "UTC",
  locale: "en",
  postalAddress: "1 Test Street, 12345 Testville",
  website: "https://shop.example",
  email: { from: "Test Shop <hello@shop.example>", replyTo: "help@shop.example" },
  sms: { from: "+15550100" },
  supportContact: "help@shop.example",
  channelPreference: ["email"],
  providers: {},
  extra: { slogan: "Tea & cups" },
};

type Options = {
  readonly members?: Partial<Message>;
  readonly customer?: Record<string, unknown>;
  readonly data?: Record<string, unknown>;
  readonly addresses?: readonly string[];
  readonly brand?: Brand;
  readonly locale?: string;
};

/** Renders content by a channel's own rendering, for a shop, with signed links. */
export const rendererOf =
  <M>(channel: string, render: Render<M>, usual: Options) =>
  (content: Record<string, unknown>, given: Options = {}): M => {
    const options = { ...usual, ...given };
    const asked = message({ channel, ...options.members });
    return renderMessage(render, {
      message: asked,
      content,
      locale: options.locale ?? "en",
      addresses: options.addresses ?? [],
      brand: options.brand ?? BRAND,
      scope: { customer: options.customer ?? {}, event: {}, data: options.data ?? {}, context: {} },
      links: messageLinks({
        publicUrl: "https://hub.example",
        keys: LINK_KEYS,
        message: asked,
        sentAtMs: NOW,
      }),
      now: new Date(NOW).toISOString(),
    }).message;
  };

const ADDRESSES: Readonly<Record<string, string>> = { email: "ada@mail.example", sms: "+4915112345678" };

/** Renders transactional content with links as they stand, so that a test sees where they lead, and what was left out. */
export const renderAs =
  <M>(channel: string, render: Render<M>) =>
  (content: Record<string, unknown>, data: Record<string, unknown> = {}, links: readonly string[] = []) =>
    renderMessage(render, {
      message: message({ channel, lane: "transactional", category: "transactional" }),
      content,
      locale: "en",
      addresses: [ADDRESSES[channel] ?? "gcm:token"],
      brand: { ...BRAND, links, extra: { app: "https://apps.example/shop" } },
      scope: { customer: {}, event: {}, data, context: {} },
      links: {
        click: (url) => url,
        open: "https://hub.example/o/token",
        unsubscribe: "https://hub.example/u/token",
        preferences: "https://hub.example/p/token",
      },
      now: new Date(NOW).toISOString(),
    });

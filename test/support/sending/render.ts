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

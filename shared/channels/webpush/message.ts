import type { Subscription } from "./subscription.ts";

/** A notification for every browser of a customer: one message, one call for each. */
export type WebpushMessage = {
  /** `address`: as the profile has it. */
  readonly browsers: readonly (Subscription & { readonly address: string })[];
  /** What the page's service worker is handed. */
  readonly notification: {
    readonly title: string;
    readonly body: string;
    readonly data: Readonly<Record<string, string>>;
    readonly url?: string;
    readonly image?: string;
  };
};

/** The browser of RFC 8291's example: everybody knows its keys. */
const BROWSER = {
  endpoint: "https://push.example/browser",
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
};

/** A whole one, for the contracts of providers. */
export const EXAMPLE: WebpushMessage = {
  browsers: [{ ...BROWSER, address: `${BROWSER.endpoint}#${BROWSER.p256dh}.${BROWSER.auth}` }],
  notification: {
    title: "Hi",
    body: "There",
    data: { sku: "T-1" },
    url: "https://shop.example/cart",
    image: "https://i.example/x.png",
  },
};

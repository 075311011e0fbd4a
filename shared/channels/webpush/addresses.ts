import type { ChannelAddresses } from "../definition/addresses.ts";
import { readSubscription, subscriptionIn } from "./subscription.ts";

export const addresses: ChannelAddresses = {
  example: `https://push.example/somebody#BA${"A".repeat(85)}.${"A".repeat(22)}`,
  areDevices: true,
  spelling: {
    name: "webpush",
    // Push services of Windows make addresses of more than 500.
    longest: 1_000,
    normalize: (text) => {
      const read = text.trimStart().startsWith("{") ? subscriptionIn(text) : readSubscription(text);
      return read === null ? null : `${read.endpoint}#${read.p256dh}.${read.auth}`;
    },
  },
  identifier: { type: "webpush", priority: 4, limit: 10, from: ["context.webPush"], whereNamed: true },
};

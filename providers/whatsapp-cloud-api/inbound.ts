import { createHmac } from "node:crypto";
import * as z from "zod/mini";
import type { ProviderInbound, Readings } from "#ports/provider.ts";
import { Entry, readEntry, together } from "#providers/wire/whatsapp-entry.ts";
import { isSame } from "#wire/same.ts";
import { fetchMedia } from "./media.ts";

const Payload = z.object({ object: z.literal("whatsapp_business_account"), entry: z.array(z.unknown()) });

/** What comes back as it came must not be able to be a page. */
const CHALLENGE = /^[\w.-]{1,200}$/;

const readOne = (given: unknown): Readings => {
  const { success, data } = z.safeParse(Entry, given);
  return success ? readEntry(data) : { messages: [], unread: 1 };
};

/** WhatsApp by Meta's Cloud API. Its webhooks name no time that is signed: a message that is brought again is the same one. */
export const inbound: ProviderInbound = {
  webhook: {
    secrets: ["appSecret", "verifyToken"],
    isGenuine: ({ headers, body }, { appSecret = "" }) => {
      const wanted = `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
      return isSame(headers["x-hub-signature-256"] ?? "", wanted);
    },
    // "Getting started with webhooks": without a signature, by the token alone.
    greeting: (query, { verifyToken = "" }) => {
      const challenge = query["hub.challenge"] ?? "";
      const isMeant =
        query["hub.mode"] === "subscribe" && isSame(query["hub.verify_token"] ?? "", verifyToken);
      return isMeant && CHALLENGE.test(challenge) ? challenge : null;
    },
  },
  media: fetchMedia,
  read: (payload) => {
    const { success, data } = z.safeParse(Payload, payload);
    return success ? together(data.entry.map(readOne)) : undefined;
  },
};

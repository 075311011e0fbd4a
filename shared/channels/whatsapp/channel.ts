import type { Channel } from "../definition/definition.ts";

/** Known by name: playbooks may declare it, and content for it is decided. Nothing sends it yet. */
export const channel: Channel = {
  words: { message: "WhatsApp", pages: { en: "WhatsApp" } },
  keywords: true,
};

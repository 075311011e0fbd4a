import { DAY_MS } from "#kernel/time.ts";
import type { Channel } from "../definition/definition.ts";
import { faultsIn, shownText } from "./content.ts";
import { LIMITS, MEMBERS } from "./members.ts";

export const channel: Channel = {
  words: { message: "WhatsApp", pages: { en: "WhatsApp" } },
  keywords: true,
  sender: {
    expected: "the id of a phone number, as the provider calls it",
    optional: true,
    keep: ({ from }) => (from === undefined ? undefined : { from }),
  },
  content: {
    features: { subject: false, html: false },
    file: "yaml",
    required: [
      { oneOf: ["text", "media", "template"], field: "text", expected: "a text, media or a template" },
    ],
    marks: [],
    carriesLinks: true,
    members: MEMBERS,
    faults: faultsIn,
    shown: shownText,
    // "Customer service windows", WhatsApp Business Platform: from the customer's last message on.
    window: {
      lastsMs: LIMITS.windowHours * (DAY_MS / 24),
      isApproved: ({ template }) => template !== undefined,
    },
  },
};

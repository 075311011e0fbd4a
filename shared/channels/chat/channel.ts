import type { Channel } from "../definition/definition.ts";
import { MAX_CHARACTERS } from "./message.ts";

/** The chat on the company's own pages. */
export const channel: Channel = {
  words: { message: "chat message", pages: { en: "Chat" } },
  content: {
    features: { subject: false, html: false },
    file: "txt",
    required: [{ oneOf: ["text"], field: "text", expected: "a text" }],
    marks: [],
    carriesLinks: true,
    members: { text: { kind: "text", max: MAX_CHARACTERS } },
  },
};

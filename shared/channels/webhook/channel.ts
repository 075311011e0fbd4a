import type { Channel } from "../definition/definition.ts";

/** Any system that takes a signed call, and answers by one: a messenger without a folder of its own, a till, a robot. */
export const channel: Channel = {
  words: {
    message: "webhook message",
    pages: { en: "Other systems", de: "Andere Systeme" },
  },
  content: {
    features: { subject: false, html: false },
    file: "txt",
    required: [{ oneOf: ["text"], field: "text", expected: "a text" }],
    marks: [],
    carriesLinks: true,
    members: {
      text: { kind: "text", max: 16_000 },
      data: { kind: "names", optional: true },
    },
  },
};

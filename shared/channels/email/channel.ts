import type { Channel } from "../definition/definition.ts";

export const channel: Channel = {
  words: {
    message: "e-mail",
    pages: {
      en: "E-mail",
      de: "E-Mail",
      fr: "E-mail",
      es: "Correo electrónico",
      it: "E-mail",
      nl: "E-mail",
      sv: "E-post",
    },
  },
  sender: {
    expected: "a mail address",
    keep: ({ from = "", replyTo }) => (replyTo === undefined ? { from } : { from, replyTo }),
  },
  content: {
    features: { subject: true, html: true },
    file: "mjml",
    required: [
      { oneOf: ["subject"], field: "subject", expected: "a subject for the e-mail" },
      { oneOf: ["html", "text"], field: "text", expected: "text or html for the e-mail" },
    ],
    marks: ["subject", "html"],
    carriesLinks: true,
  },
};

import type { Channel } from "../definition/definition.ts";

const EXPECTED = "title and body for the push message";

export const channel: Channel = {
  words: {
    message: "push message",
    pages: {
      en: "Notification",
      de: "Mitteilung",
      fr: "Notification",
      es: "Notificación",
      it: "Notifica",
      nl: "Melding",
      sv: "Avisering",
    },
  },
  content: {
    features: { subject: false, html: false },
    file: "yaml",
    required: [
      { oneOf: ["title"], field: "title", expected: EXPECTED },
      { oneOf: ["body"], field: "title", expected: EXPECTED },
    ],
    marks: ["title", "body"],
    members: {
      title: { kind: "line", max: 200 },
      body: { kind: "text", max: 1_000 },
      url: { kind: "line", max: 2_000, optional: true },
      image: { kind: "line", max: 2_000, optional: true },
      data: { kind: "names", optional: true },
    },
  },
};

import type { Channel } from "../definition/definition.ts";

const EXPECTED = "title and body for the notification";

/** Notifications of browsers (Push API): a page asks its reader, and its service worker shows what comes. */
export const channel: Channel = {
  words: {
    message: "browser notification",
    pages: {
      en: "Browser notification",
      de: "Mitteilung im Browser",
      fr: "Notification du navigateur",
      es: "Notificación del navegador",
      it: "Notifica del browser",
      nl: "Melding in de browser",
      sv: "Avisering i webbläsaren",
    },
  },
  content: {
    features: { subject: false, html: false },
    file: "yaml",
    required: [
      { oneOf: ["title"], field: "title", expected: EXPECTED },
      { oneOf: ["body"], field: "title", expected: EXPECTED },
    ],
    marks: [],
    members: {
      title: { kind: "line", max: 200 },
      body: { kind: "text", max: 1_000 },
      url: { kind: "line", max: 2_000, optional: true },
      image: { kind: "line", max: 2_000, optional: true },
      data: { kind: "names", optional: true },
    },
  },
};

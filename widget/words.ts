/** What the chat itself says. */
export type Words = {
  readonly title: string;
  readonly open: string;
  readonly close: string;
  readonly message: string;
  readonly send: string;
  readonly you: string;
  readonly us: string;
  readonly waits: string;
  readonly refused: string;
  readonly empty: string;
};

const EN: Words = {
  title: "Chat with us",
  open: "Open the chat",
  close: "Close the chat",
  message: "Your message",
  send: "Send",
  you: "You",
  us: "Us",
  waits: "Not sent yet",
  refused: "Could not be sent",
  empty: "Write to us: we answer here.",
};
const DE: Words = {
  title: "Schreiben Sie uns",
  open: "Chat öffnen",
  close: "Chat schließen",
  message: "Ihre Nachricht",
  send: "Senden",
  you: "Sie",
  us: "Wir",
  waits: "Noch nicht gesendet",
  refused: "Konnte nicht gesendet werden",
  empty: "Schreiben Sie uns: Wir antworten hier.",
};

/** By language, `de-AT` as `de`; English stands in for those that are not there. */
export const wordsFor = (language: string): Words => (language.toLowerCase().startsWith("de") ? DE : EN);

/** Words of the public pages. */
export type Words = {
  /** The language these words are in, BCP 47. */
  readonly language: string;
  readonly unsubscribe: string;
  readonly unsubscribeFrom: string;
  readonly confirm: string;
  readonly done: string;
  readonly doneText: string;
  readonly subscribe: string;
  readonly subscribeTo: string;
  readonly subscribeNow: string;
  readonly subscribed: string;
  readonly subscribedText: string;
  readonly preferences: string;
  readonly preferencesText: string;
  readonly save: string;
  readonly nothing: string;
  readonly saved: string;
  readonly forged: string;
  readonly forgedText: string;
  readonly expired: string;
  readonly expiredText: string;
  readonly gone: string;
  readonly goneText: string;
};

const ENGLISH: Words = {
  language: "en",
  unsubscribe: "Unsubscribe",
  unsubscribeFrom: "Do you no longer want to receive this kind of message from us?",
  confirm: "Yes, unsubscribe me",
  done: "You are unsubscribed",
  doneText: "We will not send you this kind of message any more.",
  subscribe: "Please confirm",
  subscribeTo: "Do you want to receive this from us?",
  subscribeNow: "Yes, I do",
  subscribed: "Thank you",
  subscribedText: "You have confirmed. You can change your mind at any time.",
  preferences: "Your preferences",
  preferencesText: "Choose what we may send you, and how.",
  save: "Save",
  nothing: "Nothing at all, please",
  saved: "Your choice is saved.",
  forged: "This link does not work",
  forgedText:
    "Part of the address is missing or was changed. Please use the link as it stands in the message.",
  expired: "This link is too old",
  expiredText: "Please use the link in a newer message, or write to us.",
  gone: "There is nothing left to change",
  goneText: "We no longer keep any data of yours.",
};

const GERMAN: Words = {
  language: "de",
  unsubscribe: "Abmelden",
  unsubscribeFrom: "Möchten Sie solche Nachrichten von uns nicht mehr erhalten?",
  confirm: "Ja, abmelden",
  done: "Sie sind abgemeldet",
  doneText: "Wir senden Ihnen solche Nachrichten nicht mehr.",
  subscribe: "Bitte bestätigen",
  subscribeTo: "Möchten Sie dies von uns erhalten?",
  subscribeNow: "Ja, gern",
  subscribed: "Vielen Dank",
  subscribedText: "Sie haben bestätigt. Sie können es sich jederzeit anders überlegen.",
  preferences: "Ihre Einstellungen",
  preferencesText: "Wählen Sie, was wir Ihnen senden dürfen, und wie.",
  save: "Speichern",
  nothing: "Bitte gar nichts",
  saved: "Ihre Auswahl ist gespeichert.",
  forged: "Dieser Link funktioniert nicht",
  forgedText:
    "Ein Teil der Adresse fehlt oder wurde verändert. Bitte benutzen Sie den Link aus der Nachricht.",
  expired: "Dieser Link ist zu alt",
  expiredText: "Bitte benutzen Sie den Link einer neueren Nachricht, oder schreiben Sie uns.",
  gone: "Hier gibt es nichts mehr zu ändern",
  goneText: "Wir haben keine Daten mehr von Ihnen.",
};

const WORDS: Readonly<Record<string, Words>> = { en: ENGLISH, de: GERMAN };

/** @param locales BCP 47, the most wanted first; English where none of them is known */
export const wordsFor = (locales: readonly string[]): Words =>
  locales.map((locale) => WORDS[locale.slice(0, 2).toLowerCase()]).find((words) => words !== undefined) ??
  ENGLISH;

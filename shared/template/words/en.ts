/** What the hub itself says: below mails, on its pages, in one-time codes, where it asks to confirm, and where it answers STOP, START and HELP. The keys are those of `brand.words`. */
export const ENGLISH = {
  unsubscribe: "Unsubscribe",
  preferencesLink: "Preferences",
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
  askSubject: "Please confirm that you want to hear from {brand}",
  asked: "Somebody asked {brand} to write to you here: {topics}.",
  askConfirm: "If it was you, please confirm:",
  askElse: "If it was not, do nothing, and nothing of this kind will come.",
  stopped: "{brand}: You are unsubscribed and get no more messages here. Reply START to get them again.",
  started: "{brand}: You get messages here again. Reply HELP for help, STOP to end.",
  helped: "{brand}: Questions? {contact}. Reply STOP to get no more messages here.",
  codeSubject: "{code} is your code for {brand}",
  codeText:
    "{code} is your code for {brand}. It is good for {minutes} minutes. Tell it to nobody, not even to us.",
};

/** Words by their key. */
export type Words = Readonly<Record<keyof typeof ENGLISH, string>>;

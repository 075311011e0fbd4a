import type { Channel } from "../definition/definition.ts";
import { plainText } from "./plain.ts";
import { smsSize } from "./size.ts";

export const channel: Channel = {
  words: {
    message: "text message",
    pages: { en: "Text message", de: "SMS", fr: "SMS", es: "SMS", it: "SMS", nl: "Sms", sv: "Sms" },
  },
  keywords: true,
  sender: {
    expected: "a phone number, sender id or pool",
    keep: ({ from }) => (from === undefined ? undefined : { from }),
  },
  content: {
    features: { subject: false, html: false },
    file: "txt",
    required: [{ oneOf: ["text"], field: "text", expected: "a text" }],
    marks: [],
    carriesLinks: true,
    takesBareText: true,
    measure: (text) => smsSize(plainText(text)),
  },
};

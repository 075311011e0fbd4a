import { catalogue } from "#console/words/catalogue.ts";

/** What was done with a conversation. `by`: who did it; `what`: to whom, until when, or which. */
type Sentence = (by: string, what: string) => string;
type Sentences = Readonly<Record<string, Sentence>>;

export const activityWords = catalogue<{ readonly told: Sentences; readonly toNobody: Sentence }>(
  {
    told: {
      claimed: (by) => `${by} took it`,
      released: (by) => `${by} gave it back`,
      assigned: (by, what) => `${by} gave it to ${what}`,
      closed: (by) => `${by} closed it`,
      snoozed: (by, what) => `${by} put it to sleep until ${what}`,
      woken: () => "Its time to sleep was over",
      reopened: (by) => `${by} opened it again`,
      breached: (_by, what) => `Nobody had answered by ${what}`,
      joined: (_by, what) => `Another conversation of the same customer joined: ${what}`,
    },
    toNobody: (by) => `${by} took it from whoever had it`,
  },
  {
    told: {
      claimed: (by) => `${by} hat es übernommen`,
      released: (by) => `${by} hat es zurückgegeben`,
      assigned: (by, what) => `${by} hat es ${what} gegeben`,
      closed: (by) => `${by} hat es geschlossen`,
      snoozed: (by, what) => `${by} lässt es bis ${what} schlafen`,
      woken: () => "Es hat lange genug geschlafen",
      reopened: (by) => `${by} hat es wieder geöffnet`,
      breached: (_by, what) => `Bis ${what} hatte niemand geantwortet`,
      joined: (_by, what) => `Ein anderes Gespräch desselben Kunden kam dazu: ${what}`,
    },
    toNobody: (by) => `${by} hat es allen weggenommen`,
  },
);

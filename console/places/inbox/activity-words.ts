import { catalogue } from "#console/words/catalogue.ts";

/** What was done with a conversation. `by`: who did it; `what`: to whom, until when, or which. */
type Sentence = (by: string, what: string) => string;
type Sentences = Readonly<Record<string, Sentence>>;

/** Why a person goes on, by the name that the hub gives the reason; one that is not here is shown as it is called. */
type Whys = Readonly<Record<string, string>>;
const WHYS_EN: Whys = {
  asked: "a rule gives it to people",
  "nothing-fits": "no rule fits",
  "not-found": "what they name was not found",
  doubted: "somebody else may have written it",
  "too-many": "there were too many automatic answers",
};
const WHYS_DE: Whys = {
  asked: "eine Regel gibt es an Menschen",
  "nothing-fits": "keine Regel passt",
  "not-found": "was genannt wird, wurde nicht gefunden",
  doubted: "vielleicht schrieb es jemand anderes",
  "too-many": "es gab zu viele automatische Antworten",
};

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
      "handed-over": (by, what) => `${by} gave it over to people: ${WHYS_EN[what] ?? what}`,
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
      "handed-over": (by, what) => `${by} hat es an Menschen gegeben: ${WHYS_DE[what] ?? what}`,
      joined: (_by, what) => `Ein anderes Gespräch desselben Kunden kam dazu: ${what}`,
    },
    toNobody: (by) => `${by} hat es allen weggenommen`,
  },
);

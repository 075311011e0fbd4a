import { catalogue } from "#console/words/catalogue.ts";

export const todayWords = catalogue(
  {
    title: "Today",
    span: "Time span",
    day: "Today",
    week: "Last 7 days",
    left: "Left",
    answered: "Answered",
    refused: "Nobody contacted",
    ofDecided: (share: string) => `${share} of what was decided`,
    byChannel: "What left, by channel",
    byReason: "Who was not contacted, and why",
    calendar: (zone: string) => `Days as in ${zone}`,
    quietTitle: "Nothing has happened yet",
    quiet:
      "Events of customers lead to decisions, and decisions to messages. What comes of them is counted here within a minute.",
    noRefusals: "Nobody was held back.",
    noMessages: "Nothing left.",
    shown: "on a page or screen",
  },
  {
    title: "Heute",
    span: "Zeitraum",
    day: "Heute",
    week: "Letzte 7 Tage",
    left: "Hinausgegangen",
    answered: "Beantwortet",
    refused: "Nicht angesprochen",
    ofDecided: (share: string) => `${share} der Entscheidungen`,
    byChannel: "Was hinausging, nach Kanal",
    byReason: "Wer nicht angesprochen wurde, und warum",
    calendar: (zone: string) => `Tage wie in ${zone}`,
    quietTitle: "Noch ist nichts geschehen",
    quiet:
      "Ereignisse von Kunden führen zu Entscheidungen, Entscheidungen zu Nachrichten. Was daraus wird, wird hier binnen einer Minute gezählt.",
    noRefusals: "Niemand wurde zurückgehalten.",
    noMessages: "Nichts ging hinaus.",
    shown: "auf einer Seite oder einem Schirm",
  },
);

import type { Words } from "./en.ts";

export const DUTCH: Words = {
  unsubscribe: "Uitschrijven",
  preferencesLink: "Voorkeuren",
  unsubscribeFrom: "Wilt u dit soort berichten niet meer van ons ontvangen?",
  confirm: "Ja, schrijf mij uit",
  done: "U bent uitgeschreven",
  doneText: "Wij sturen u dit soort berichten niet meer.",
  subscribe: "Bevestig het alstublieft",
  subscribeTo: "Wilt u dit van ons ontvangen?",
  subscribeNow: "Ja, graag",
  subscribed: "Dank u wel",
  subscribedText: "U hebt bevestigd. U kunt altijd van gedachten veranderen.",
  preferences: "Uw voorkeuren",
  preferencesText: "Kies wat wij u mogen sturen, en hoe.",
  save: "Opslaan",
  nothing: "Helemaal niets, alstublieft",
  saved: "Uw keuze is opgeslagen.",
  forged: "Deze link werkt niet",
  forgedText:
    "Een deel van het adres ontbreekt of is veranderd. Gebruik de link zoals die in het bericht staat.",
  expired: "Deze link is te oud",
  expiredText: "Gebruik de link in een nieuwer bericht, of schrijf ons.",
  gone: "Er valt niets meer te veranderen",
  goneText: "Wij bewaren geen gegevens meer van u.",
  askSubject: "Bevestig dat {brand} u mag schrijven",
  asked: "Iemand heeft {brand} gevraagd u hier te schrijven: {topics}.",
  askConfirm: "Was u dat, bevestig het dan:",
  askElse: "Zo niet, dan hoeft u niets te doen en ontvangt u niets van dien aard.",
  stopped:
    "{brand}: u bent afgemeld en krijgt hier geen berichten meer. Antwoord START om ze weer te krijgen.",
  started: "{brand}: u krijgt hier weer berichten. HULP voor hulp, STOP om te stoppen.",
  helped: "{brand}: vragen? {contact}. Antwoord STOP om hier geen berichten meer te krijgen.",
  codeSubject: "{code} is uw code voor {brand}",
  codeText:
    "{code} is uw code voor {brand}. Hij is {minutes} minuten geldig. Geef hem aan niemand, ook niet aan ons.",
};

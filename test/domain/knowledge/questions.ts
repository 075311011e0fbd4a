/* Questions that customers of a coffee shop may ask, and the page that answers each. */

/** What the search was tuned by. */
export const TUNED_BY: readonly (readonly [locale: string, question: string, page: string])[] = [
  ["en", "When will my parcel get here?", "delivery"],
  ["en", "how much is postage to austria", "shipping-costs"],
  ["en", "I'd like my money back for the beans I bought", "returns"],
  ["en", "The jug came smashed to pieces", "damaged"],
  ["en", "Can I pay by invoise?", "payment"],
  ["en", "I want to skip next month's bag", "subscription"],
  ["en", "should coffee go into the freezer", "storage"],
  ["en", "my espresso tastes sour, what grind?", "grind"],
  ["en", "the red light says descaling, what now", "descaling"],
  ["en", "i forgot my pasword", "account"],
  ["de", "Wann kommt mein Paket?", "delivery"],
  ["de", "Ab wann ist die Lieferung versandkostenfrei?", "shipping-costs"],
  ["de", "Ich möchte die Bohnen zurückschicken", "returns"],
  ["de", "Die Kanne war zerbrochen", "damaged"],
  ["de", "Kann ich auf Rechnung kaufen?", "payment"],
  ["de", "Wie kündige ich mein Abo", "subscription"],
  ["de", "Wie lange ist der Kaffee haltbar?", "storage"],
  ["de", "Welcher Mahlgrad für die Stempelkanne?", "grind"],
  ["de", "Maschine entkalken mit Essig?", "descaling"],
  ["de", "Ich bin umgezogen, neue Adresse", "account"],
];

/** Written at the same time and looked at after that: what they show is no wish of ours. */
export const HELD_BACK: readonly (readonly [locale: string, question: string, page: string])[] = [
  ["en", "is there an express option for tomorrow?", "delivery"],
  ["en", "do you ship for free over fifty euros", "shipping-costs"],
  ["en", "how do i exchange the wrong item you sent", "returns"],
  ["en", "grinder stopped working after a year, is there a guarantee?", "damaged"],
  ["en", "when is my credit card charged", "payment"],
  ["en", "please cancel my subscription", "subscription"],
  ["en", "how long do beans stay fresh after opening", "storage"],
  ["en", "do you sell it ground for a moka pot", "grind"],
  ["en", "how often do I have to clean the machine from limescale", "descaling"],
  ["en", "delete all the data you hold about me", "account"],
  ["de", "Wo ist meine Sendung gerade", "delivery"],
  ["de", "Was kosten Versand und Porto in die Niederlande", "shipping-costs"],
  ["de", "Wie läuft eine Retoure, wo ist das Etikett", "returns"],
  ["de", "Mühle defekt, habe ich noch Garantie?", "damaged"],
  ["de", "Nehmt ihr Kreditkarten oder Lastschrift", "payment"],
  ["de", "Abo für den Urlaub aussetzen", "subscription"],
  ["de", "Kaffee im Kühlschrank lagern?", "storage"],
  ["de", "Espresso schmeckt bitter, feiner oder gröber mahlen?", "grind"],
  ["de", "Wie oft muss man entkalken bei hartem Wasser", "descaling"],
  ["de", "Passwort vergesen", "account"],
];

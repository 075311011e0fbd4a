import { catalogue } from "./catalogue.ts";

/** Why something was not said or did not leave, by the short names of records. A name that is not here is shown as it is. */
export const reasons = catalogue<Readonly<Record<string, string>>>(
  {
    rule: "A rule says no",
    consent: "No consent",
    suppressed: "Address is suppressed",
    "quiet-hours": "Quiet hours",
    cap: "Frequency cap",
    "cool-down": "Cool-down",
    stock: "None left",
    "no-address": "No address",
    outranked: "Something else was worth more",
    holdout: "Held out, to measure by",
    conversation: "Their conversation comes first",
    window: "Too long since they wrote",
    nothing: "Nothing to say",
  },
  {
    rule: "Eine Regel sagt nein",
    consent: "Keine Einwilligung",
    suppressed: "Adresse ist gesperrt",
    "quiet-hours": "Ruhezeit",
    cap: "Häufigkeitsgrenze",
    "cool-down": "Schonfrist",
    stock: "Keine mehr da",
    "no-address": "Keine Adresse",
    outranked: "Anderes war mehr wert",
    holdout: "Ausgenommen, um zu messen",
    conversation: "Ihr Gespräch geht vor",
    window: "Zu lange her, dass sie schrieben",
    nothing: "Nichts zu sagen",
  },
);

/** How a message stands, by the names of records. */
export const statuses = catalogue<Readonly<Record<string, string>>>(
  {
    requested: "Waiting to leave",
    sending: "Leaving",
    uncertain: "Left, perhaps",
    sent: "Sent",
    delivered: "Delivered",
    read: "Read",
    failed: "Failed",
    rejected: "Stopped",
  },
  {
    requested: "Wartet",
    sending: "Geht hinaus",
    uncertain: "Vielleicht gesendet",
    sent: "Gesendet",
    delivered: "Zugestellt",
    read: "Gelesen",
    failed: "Gescheitert",
    rejected: "Angehalten",
  },
);

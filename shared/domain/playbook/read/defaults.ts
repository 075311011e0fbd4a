import type { IdentifierType } from "../model/document.ts";

/** Used when there is no contact-policy.yaml: what the law of most places asks for, and nothing more. */
export const DEFAULT_CONTACT_POLICY = `categories:
  marketing: { consent: express, titles: { en: Offers and news, de: Angebote und Neuigkeiten } }
  service: { consent: implied, titles: { en: About what you own or ordered, de: "Zu dem, was Sie gekauft haben" } }
  transactional: { consent: none, transactional: true }
`;

/** Used when data-model.yaml declares no identifiers: those that Segment's clients send. */
export const DEFAULT_IDENTIFIERS: readonly IdentifierType[] = [
  { type: "userId", priority: 1, limit: 1, unique: true, from: ["userId"], normalize: "none" },
  {
    type: "email",
    priority: 2,
    limit: 5,
    unique: false,
    from: ["traits.email", "context.traits.email"],
    normalize: "email",
    channel: "email",
  },
  {
    type: "phone",
    priority: 3,
    limit: 5,
    unique: false,
    from: ["traits.phone", "context.traits.phone"],
    normalize: "phone",
    channel: "sms",
  },
  {
    type: "deviceToken",
    priority: 4,
    limit: 20,
    unique: false,
    from: ["context.device.token"],
    normalize: "none",
    channel: "push",
  },
  {
    type: "anonymousId",
    priority: 5,
    limit: 100,
    unique: false,
    from: ["anonymousId"],
    normalize: "none",
  },
];

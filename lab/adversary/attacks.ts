import type { Attack } from "./attack.ts";
import type { Knowledge } from "./knowledge.ts";
import { type OwnLinks, pagesOf } from "./pages.ts";
import { sessionsOf } from "./sessions.ts";
import { webhooksOf } from "./webhooks.ts";
import { type Dice, diceOf, EVIL, type Names, namesOf, type Victims, wordsOf } from "./words.ts";

const EVENTS = [
  "Product Viewed",
  "Product Added",
  "Signed Up",
  "Checkout Started",
  "Store Entered",
  "Gift Sent",
];
const FORGED_EVENTS = [
  "Order Completed",
  "Order Refunded",
  "Order Shipped",
  "message.clicked",
  "message.received",
  "segment.entered",
];
/** What a browser of nobody asks, to compare with. */
export const SLOTS = { writeKey: "local-write-key", placements: ["web.home.hero"] };

type Words = ReturnType<typeof wordsOf>;
type Said = { readonly dice: Dice; readonly names: Names; readonly words: Words };

/** Events of every type, as anybody can send them. */
const eventsOf = ({ dice, names, words }: Said) => {
  const { below, one, from } = dice;
  const { victim, someone, device, mail, phone } = names;
  const { value, members, traits, context, product } = words;
  const consent = (): object => ({
    event: "Consent Changed",
    properties: {
      channel: one("email", "sms", "*", "EMAIL ", value()),
      topic: one("marketing", "*", `t${below(300)}`),
      status: one("granted", "withdrawn", "odd"),
      text: value(),
    },
  });
  const ids = (): object =>
    one<object>(
      { userId: someone() },
      { anonymousId: device() },
      { userId: someone(), anonymousId: device() },
    );
  /** What only a provider can know: that somebody wrote. */
  const written = (): object => ({
    channel: one("sms", "email", "webhook", "whatsapp"),
    from: one(mail(), phone()),
    text: one("STOP", "Hi", value()),
    keyword: one("stop", "start", "help", "revocation"),
    ...one<object>({}, { inReplyTo: value() }),
  });
  const track = (): object => ({
    event: one(from(EVENTS), from(EVENTS), from(FORGED_EVENTS), `odd ${below(100)}`),
    properties: {
      ...members(),
      ...one<object>({}, product(), { email: mail() }, { order_id: "1", total: 1e6 }, written()),
    },
  });
  return (type: string): object => ({
    type,
    ...ids(),
    ...one<object>(
      {},
      { timestamp: new Date(Date.now() - below(1e9)).toISOString() },
      { timestamp: "never" },
      { standing: "trusted" },
    ),
    ...(type === "track" ? one(track, consent)() : { traits: traits() }),
    ...(type === "alias" ? { previousId: one(victim(), device()) } : {}),
    ...(type === "group" ? { groupId: "g" } : {}),
    ...(type === "page" ? { name: `Home ${EVIL}` } : {}),
    context: context(),
  });
};

/** Whom the adversary can name, what it has read, and the links that it got by mail. */
export type Means = {
  readonly victims: Victims;
  readonly knowledge: Knowledge;
  readonly links: OwnLinks;
};

/** Endless attacks, the same for the same seed and means. All that is collected names the victims, who may become more. */
export const attacksOf = (seed: number, { victims, knowledge, links }: Means): (() => Attack) => {
  const dice = diceOf(seed);
  const names = namesOf(dice, victims);
  const collected = collectedOf(dice, names);
  const webhook = webhooksOf({ dice, names }, knowledge.providerCalls);
  const session = sessionsOf({ dice, names }, knowledge);
  const page = pagesOf(dice, links);
  return () => dice.one(collected, collected, collected, webhook, session, page)();
};

/** What is sent and asked with the write key. */
const collectedOf = (dice: Dice, names: Names): (() => Attack) => {
  const words = wordsOf(dice, names);
  const event = eventsOf({ dice, names, words });
  const { below, one, hex } = dice;
  const { victim } = names;
  const { value, members, proof } = words;
  const type = (): string => one("identify", "track", "track", "page", "alias", "group");
  const called = (): Attack => {
    const name = type();
    return { method: "POST", path: `/v1/${name}`, body: event(name) };
  };
  const batch = (): Attack => ({
    method: "POST",
    path: one("/v1/batch", "/v1/import"),
    body: {
      batch: Array.from({ length: 1 + below(12) }, () => one<unknown>(event(type()), event(type()), value())),
    },
  });
  const slots = (): Attack => ({
    method: "POST",
    path: "/v1/slots",
    asksAs: "customer",
    body: { ...SLOTS, ...one<object>({ userId: victim() }, { userId: victim(), identity: proof() }) },
  });
  const oddSlots = (): Attack => ({
    method: "POST",
    path: "/v1/slots",
    body: { ...SLOTS, placements: value(), context: members() },
  });
  const link = (): Attack => ({
    method: one("GET", "POST"),
    path: `${one("/l/", "/u/", "/p/", "/o/", "/v1/slots/")}${one(hex(64), encodeURIComponent(EVIL), "..%2f..", Buffer.from(EVIL).toString("base64url"))}`,
    body: { outcome: "clicked", url: EVIL },
  });
  const foreign = (): Attack => ({
    method: "POST",
    path: one("/v1/decisions", "/v1/messages", "/v1/outcomes", `/v1/profiles/userId:${victim()}`),
    body: { customer: `userId:${victim()}`, placement: "call.retention" },
  });
  return () => one(called, called, called, called, batch, batch, slots, oddSlots, link, foreign)();
};

import type { CollectedEvent } from "#domain/records/event.ts";
import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { type Chance, pick } from "../machine/chance.ts";

/** What a person, an application or an operator does, drawn from the seed by its number. */
export type Deed = { readonly number: number } & (
  | { readonly kind: "collect"; readonly what: string; readonly events: readonly CollectedEvent[] }
  /** By the link in the last mail that this user got. */
  | { readonly kind: "unsubscribe"; readonly userId: string }
  /** By the link in the last mail that asked this user to confirm. */
  | { readonly kind: "confirm"; readonly userId: string }
  /** An application asks for a message by name; without a key it never asks again for the same. */
  | { readonly kind: "ask"; readonly userId: string; readonly treatment: string; readonly hasKey: boolean }
  /** The other version of the playbook goes live. */
  | { readonly kind: "publish" }
  /** Something is sent to everybody: so many a second, or at an hour of each one's own day. */
  | { readonly kind: "send"; readonly rate?: number; readonly hour?: string }
);

const PEOPLE = 5;
/** At first only a page has said of this one that they agreed. */
const NEWCOMER = "u1";
/** These share a mailbox. */
const HOUSEHOLD = ["u3", "u4"];
const SECOND_MS = 1_000;
const MOST_AGAIN = 12;
/** So often a page of the shop's says that somebody agreed, and not its server; drawn from what is left of another draw. */
const BY_ANYBODY = 0.4;
const SHADES = 97;
/** So often a marketer sends something to everybody instead of publishing; and paces it, or names an hour. */
const SENDS = 0.3;
const PACED = 0.4;
const AT_AN_HOUR = 0.7;
/** From time to time each takes a device that nobody has seen. */
const DEEDS_A_DEVICE = 12;
/** And another address: one that was complained about is of no use any more. */
const DEEDS_AN_ADDRESS = 60;
/** How often somebody does one thing after another. */
const GOES_ON = 0.4;

const KINDS = [
  ["view", 16],
  ["add to cart", 14],
  ["order", 12],
  ["log in", 8],
  ["sign up", 6],
  ["arrive", 10],
  ["grant", 12],
  ["withdraw", 9],
  ["unsubscribe", 7],
  ["confirm", 4],
  ["ask", 10],
  ["again", 8],
  ["grow", 2],
  ["publish", 7],
] as const;

/** Who would only look at something writes to the shop instead, so often. */
const WRITES = 0.3;

/** Milliseconds until the next deed: people come at the same moment, and stay away for a day. */
export const pauseBefore = (chance: Chance, number: number): number => {
  const draw = chance("pause", number);
  const longest = pick(
    [
      [0, 30],
      [200, 25],
      [20 * SECOND_MS, 20],
      [2 * HOUR_MS, 20],
      [16 * HOUR_MS, 8],
    ] as const,
    chance("pause kind", number),
  );
  return Math.round(draw * longest);
};

/** A consent: often about one channel and topic, sometimes about all. */
const consentOf = (status: "granted" | "withdrawn", draw: number): JsonObject => {
  const [channel, topic] = pick(
    [
      [["email", "marketing"], 6],
      [["*", "marketing"], 2],
      [["email", "*"], 1],
    ] as const,
    draw,
  );
  return { channel, topic, status, kind: "express" };
};

const mailboxOf = (user: string): string => (HOUSEHOLD.includes(user) ? "household" : user);

const isByAnybody = (draw: number, user: string, number: number): boolean =>
  number < 2 * PEOPLE ? user === NEWCOMER : (draw * SHADES) % 1 < BY_ANYBODY;

const MEMBERS: Readonly<
  Record<
    | Exclude<(typeof KINDS)[number][0], "again" | "unsubscribe" | "confirm" | "ask" | "publish" | "arrive">
    | "write",
    (draw: number, user: string, number: number) => Partial<CollectedEvent>
  >
> = {
  view: (draw) => ({ name: "Product Viewed", properties: { product_id: `p${Math.floor(draw * 9)}` } }),
  "add to cart": (draw) => ({
    name: "Product Added",
    properties: { product_id: `p${Math.floor(draw * 9)}` },
  }),
  order: (draw) => ({
    name: "Order Completed",
    properties: { order_id: `o${Math.floor(draw * 1e6)}`, total: Math.ceil(draw * 100) },
  }),
  "log in": (_draw, user, number) => ({
    type: "identify",
    name: "identify",
    traits: {
      email: `${mailboxOf(user)}.${Math.floor(number / DEEDS_AN_ADDRESS)}@people.example`,
      firstName: user,
    },
  }),
  "sign up": () => ({ name: "Signed Up", properties: {} }),
  grant: (draw, user, number) => ({
    name: "Consent Changed",
    properties: consentOf("granted", draw),
    ...(isByAnybody(draw, user, number) ? { standing: "public" } : {}),
  }),
  withdraw: (draw) => ({ name: "Consent Changed", properties: consentOf("withdrawn", draw) }),
  write: (draw) => ({
    name: "message.received",
    properties: { channel: "email", text: `Question ${Math.floor(draw * 1e6)}` },
  }),
  grow: (draw) => ({
    type: "identify",
    name: "identify",
    traits: Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`t${Math.floor(draw * 9)}_${index}`, "x".repeat(700)]),
    ),
  }),
};

/** Whoever is there from the first has a name and has agreed. */
const BEGINNINGS = Array.from({ length: 2 * PEOPLE }, (_, number) =>
  number % 2 === 0 ? ("log in" as const) : ("grant" as const),
);

/** A visitor signs up and says who they are, so fast that nobody knows which is heard first. */
const ARRIVING = ["sign up", "log in"] as const;

const BESIDE = [
  ["view", 3],
  ["add to cart", 2],
  ["order", 2],
  ["sign up", 1],
] as const;

const nameless = ({ userId: _, ...ids }: Pick<CollectedEvent, "userId" | "anonymousId">) => ids;

/** How people are known: by name, by a device, by both; one device is everybody's. */
const whoIs = (chance: Chance, number: number, kind: string) => {
  if (number < BEGINNINGS.length) return { user: `u${number >> 1}`, userId: `u${number >> 1}` };
  let visit = number;
  while (visit > 0 && chance("goes on", visit) < GOES_ON) visit -= 1;
  const user = `u${Math.floor(chance("user", visit) * PEOPLE)}`;
  const own = `${user}-device-${Math.floor(number / DEEDS_A_DEVICE)}`;
  const anonymousId = chance("device", number) < 0.1 ? "device-of-all" : own;
  const draw = chance("known", number);
  if (kind === "log in") return { user, userId: user, ...(draw < 0.7 ? { anonymousId } : {}) };
  if (kind === "arrive") return { user, userId: user, anonymousId: own };
  if (draw < 0.45) return { user, anonymousId };
  return draw < 0.8 ? { user, userId: user } : { user, userId: user, anonymousId };
};

/** Who asks again asks for the very same. */
const again = (chance: Chance, number: number, earlier: readonly Deed[]): Deed => {
  const before = earlier[number - 1 - Math.floor(chance("again", number) * MOST_AGAIN)];
  if (before?.kind !== "collect") return { number, kind: "publish" };
  return { ...before, number, what: `${before.what}, again` };
};

const sending = (chance: Chance, number: number): Deed => {
  const draw = chance("how it is sent", number);
  if (draw < PACED) return { number, kind: "send", rate: 1 };
  return { number, kind: "send", ...(draw < AT_AN_HOUR ? { hour: "18:00" } : {}) };
};

/**
 * The next deed after those. Mostly something just happened; some events come hours late, some by import, some in one
 * batch with others, and some twice.
 * @param now milliseconds since the epoch
 */
export const nextDeed = (chance: Chance, earlier: readonly Deed[], now: number): Deed => {
  const number = earlier.length;
  const kind = BEGINNINGS[number] ?? pick(KINDS, chance("kind", number));
  if (kind === "publish") return chance("sends", number) < SENDS ? sending(chance, number) : { number, kind };
  if (kind === "again") return again(chance, number, earlier);
  const { user, ...ids } = whoIs(chance, number, kind);
  if (kind === "unsubscribe" || kind === "confirm") return { number, kind, userId: user };
  if (kind === "ask") {
    const treatment = chance("asked", number) < 0.5 ? "welcome" : "order-confirmation";
    return { number, kind, userId: user, treatment, hasKey: chance("key", number) < 0.5 };
  }
  const ageMs = chance("age", number) * (chance("late", number) < 0.12 ? 3 * HOUR_MS : 900);
  const more = Array.from({ length: Math.floor(chance("more", number) ** 3 * 3) }, (_, index) =>
    pick(BESIDE, chance("beside", number, index)),
  );
  const isWriting = kind === "view" && chance("writes", number) < WRITES;
  const parts = kind === "arrive" ? ARRIVING : [isWriting ? ("write" as const) : kind, ...more];
  const events = parts.map(
    (what, index): CollectedEvent => ({
      id: hashId("evt", "deed", String(number), String(index)),
      type: "track",
      name: what,
      at: new Date(now - Math.round(ageMs) + index).toISOString(),
      receivedAt: new Date(now).toISOString(),
      source: "shop",
      imported: chance("import", number) < 0.05,
      depth: 0,
      ...(parts === ARRIVING && index === 0 ? nameless(ids) : ids),
      ...MEMBERS[what](chance("what", number, index), user, number),
    }),
  );
  return { number, kind: "collect", what: parts.join(" and "), events };
};

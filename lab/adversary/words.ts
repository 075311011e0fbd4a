import { seeded } from "../seeded.ts";

/** User ids that the adversary names. Those that can be guessed are named before they are anybody's, too. */
export const guessable = (n: number): string => `guess-${n}`;
/** User ids that the adversary learns once they have signed up. */
export const overheard = (n: number): string => `kim-${n}`;
/** How many mailboxes the adversary has itself. */
const OWN = 20;
/** One of its own mailboxes. */
export const ownAddress = (n: number): string => `thief-${n % OWN}@evil.example`;
/** User ids that it never says; it comes upon their telephone numbers. */
export const unheardOf = (n: number): string => `unheard-of-${n}`;
/** The browser that such a customer uses, as the adversary has overheard it, or guesses. */
export const browserOf = (userId: string): string => `browser-of-${userId}`;
/** Where mail to a customer goes. */
export const addressOf = (userId: string): string => `${userId}@shop.example`;

const PREFIXES: Readonly<Record<string, string>> = { guess: "+49151", kim: "+49152" };
/** Where text messages to a customer go. */
export const phoneOf = (userId: string): string => {
  const [, kind = "", n = ""] = /^(.+)-(\d+)$/.exec(userId) ?? [];
  return `${PREFIXES[kind] ?? "+49157"}${n.padStart(8, "0")}`;
};

/** Whom the adversary can name at the moment: how many of each. */
export type Victims = { readonly guessable: number; overheard: number };

export const EVIL = "https://evil.example/win";
const NAMES = [
  "firstName",
  "city",
  "a",
  "__proto__",
  "constructor",
  "",
  "ключ",
  "🎈",
  "email.x",
  "x".repeat(3_000),
];

/** Everything that is drawn, from one seed. */
export const diceOf = (seed: number) => {
  const random = seeded(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const one = <T>(...all: readonly [T, ...T[]]): T => all[below(all.length)] ?? all[0];
  const from = (texts: readonly string[]): string => texts[below(texts.length)] ?? "";
  const hex = (length: number): string => Array.from({ length }, () => below(16).toString(16)).join("");
  return { random, below, one, from, hex };
};
export type Dice = ReturnType<typeof diceOf>;

/** Names of customers, browsers and mailboxes: others' as often as own ones. */
export const namesOf = ({ below, one }: Dice, victims: Victims) => {
  const victim = (): string => {
    const n = below(victims.guessable + victims.overheard);
    return n < victims.guessable ? guessable(n) : overheard(n - victims.guessable);
  };
  const own = (): string => `thief-${below(OWN)}`;
  const someone = (): string => one(victim, victim, own)();
  const device = (): string => one(browserOf(victim()), browserOf(own()), `made-up-${below(100_000)}`);
  const mail = (): string =>
    one(addressOf(victim()), `${own()}@evil.example`, `stranger-${below(500)}@else.example`);
  const phone = (): string => {
    const unheard = unheardOf(below(victims.guessable));
    return phoneOf(one(victim(), unheard, unheard));
  };
  const stranger = (): string =>
    one(`+4916${below(1e8)}`, `system:${below(500)}`, "", "../x", "x".repeat(300));
  return { victim, someone, device, mail, phone, stranger };
};
export type Names = ReturnType<typeof namesOf>;

/** Values that are large, deep, many, odd or lead elsewhere. */
const oddValues = ({ below, one }: Dice) => {
  const nested = (depth: number): unknown => {
    let inner: unknown = "deep";
    for (let level = 0; level < depth; level += 1) inner = level % 2 === 0 ? { a: inner } : [inner];
    return inner;
  };
  return (): unknown =>
    one<() => unknown>(
      () => "x".repeat(below(12_000)),
      () => nested(below(100)),
      () => Array.from({ length: below(600) }, (_, n) => n),
      () => Object.fromEntries(Array.from({ length: below(400) }, (_, n) => [`member ${n}`, n])),
      () => `Kim ${EVIL}`,
      () => `<a href="${EVIL}">${"you won"}</a><img src=//evil.example/p.png>`,
      () =>
        one<unknown>(
          null,
          true,
          -1,
          1e308,
          "",
          "\u0000",
          "\u202Egro.live",
          "{{ customer | json }}",
          "evil\u200B.example",
        ),
    )();
};

/** What the adversary says of people and things. */
export const wordsOf = (dice: Dice, { victim, device, mail }: Names) => {
  const { random, below, one, from, hex } = dice;
  const value = oddValues(dice);
  const members = (): Record<string, unknown> =>
    Object.fromEntries(Array.from({ length: below(8) }, () => [from(NAMES), value()]));
  const traits = (): Record<string, unknown> => ({
    ...members(),
    ...one<object>({}, { email: mail() }, { phone: `+1555010${1_000 + below(9_000)}` }, { email: value() }),
    ...one<object>({}, { firstName: `Win at ${EVIL}`, lastName: "evil.example" }),
  });
  const proof = (): object => ({
    userId: victim(),
    at: one(new Date().toISOString(), "2020-01-01T00:00:00Z", "x"),
    proof: hex(64),
  });
  const context = (): Record<string, unknown> => ({
    ...one<object>({}, { identity: proof() }, { identity: value() }),
    ...one<object>({}, { device: { token: `phone-${below(50)}`, id: device() } }, { traits: traits() }),
    ...one<object>(
      {},
      { consent: { categoryPreferences: { marketing: random() < 0.5, "*": false } } },
      { page: { url: EVIL } },
    ),
  });
  const product = (): object => ({
    product_id: "p",
    name: `Win ${EVIL}`,
    price: 49,
    url: EVIL,
    image_url: `${EVIL}.png`,
  });
  return { value, members, traits, proof, context, product };
};

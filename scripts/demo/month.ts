import { readFileSync } from "node:fs";
import { join } from "node:path";

/*
 * A month of a made-up shop, worked out from a seed before any of it is played: who comes, when, what they look at, what they
 * buy. The same seed is the same month.
 */

export const DAYS = 28;
/** A day has so many steps: before noon, and after. */
export const STEPS = 2;

export type Person = {
  readonly userId: string;
  readonly traits: Readonly<Record<string, string>>;
  /** Channels on which they said yes to offers. */
  readonly agrees: readonly string[];
  /** 0 to 1: how often they come, and how likely they answer. */
  readonly keen: number;
};
type Product = {
  readonly product_id: string;
  readonly name: string;
  readonly category: string;
  readonly price: number;
};
/** One visit to the shop's page. */
export type Visit = {
  readonly person: Person;
  readonly isFirst: boolean;
  readonly viewed: readonly Product[];
  readonly carted: Product | null;
  readonly buys: boolean;
  /** Asks by telephone, to leave. */
  readonly calls: boolean;
  /** Decides what they do about what they are shown and sent, in [0, 1). */
  readonly mood: number;
};

/** A way to reach people: the trait that holds the address, and the channel that goes there. */
type Way = { readonly trait: string; readonly channel: string };
/** What somebody writes to the shop: as an answer to what it told them `before`, or unasked. */
export type Letter = {
  readonly userId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly before: string | null;
  readonly said: string;
  readonly answered: { readonly note: string; readonly text: string; readonly then: string } | null;
};
type Shop = {
  readonly mail: Way;
  readonly text: Way;
  /** Whom docs and tests look for: she never agreed to anything, and gets no mail that needs it. */
  readonly kim: Readonly<Record<string, string>>;
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  readonly cities: readonly string[];
  readonly products: readonly [Product, ...Product[]];
  /** Who waits for an answer when the month is over. */
  readonly letters: readonly Letter[];
};
/** What the shop sells, to whom, and how it reaches them. */
export const SHOP: Shop = JSON.parse(readFileSync(join(import.meta.dirname, "shop.json"), "utf8"));

/** Pseudo-random numbers in [0, 1) from a seed (mulberry32). */
const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const KIM: Person = { userId: "kim", traits: SHOP.kim, agrees: [], keen: 0.9 };

const personFrom = (random: () => number, number: number): Person => {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? "";
  const [firstName, lastName] = [pick(SHOP.firstNames), pick(SHOP.lastNames)];
  const hasPhone = random() < 0.4;
  const userId = `shop-${String(number).padStart(3, "0")}`;
  return {
    userId,
    traits: {
      firstName,
      lastName,
      [SHOP.mail.trait]: `${userId}@example.com`,
      city: pick(SHOP.cities),
      locale: random() < 0.5 ? "de" : "en",
      ...(hasPhone ? { [SHOP.text.trait]: `+4915112345${String(100 + number)}` } : {}),
    },
    agrees: [
      ...(random() < 0.75 ? [SHOP.mail.channel] : []),
      ...(hasPhone && random() < 0.5 ? [SHOP.text.channel] : []),
    ],
    keen: 0.15 + 0.8 * random() ** 2,
  };
};

/** Each step of the month with who visits the shop then. */
export const monthOf = (seed: number, people: number): readonly (readonly Visit[])[] => {
  const random = seeded(seed);
  const all = [KIM, ...Array.from({ length: people - 1 }, (_, at) => personFrom(random, at + 1))];
  // The shop grows: somebody new comes on most days.
  const firstStep = new Map(
    all.map((person, at) => [person, Math.floor((at / all.length) * DAYS * STEPS * 0.9)]),
  );
  const product = (): Product =>
    SHOP.products[Math.floor(random() ** 1.5 * SHOP.products.length)] ?? SHOP.products[0];
  const visitOf = (person: Person, isFirst: boolean): Visit => {
    const viewed = Array.from({ length: 1 + Math.floor(random() * 4) }, product);
    const carted = random() < 0.25 + 0.4 * person.keen ? (viewed[0] ?? null) : null;
    const buys = carted !== null && random() < 0.25 + 0.5 * person.keen;
    return { person, isFirst, viewed, carted, buys, calls: random() < 0.02, mood: random() };
  };
  return Array.from({ length: DAYS * STEPS }, (_, step) =>
    all.flatMap((person) => {
      const first = firstStep.get(person) ?? 0;
      const comes = step === first || (step > first && random() < 0.3 * person.keen);
      return comes ? [visitOf(person, step === first)] : [];
    }),
  );
};

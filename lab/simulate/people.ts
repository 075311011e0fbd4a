import type { ProfileToTry } from "#domain/simulation/profile.ts";

const oneOf = <T>(options: readonly T[], uniform: number): T => {
  const chosen = options[Math.min(options.length - 1, Math.floor(uniform * options.length))];
  if (chosen === undefined) throw new RangeError("nothing to choose from");
  return chosen;
};

/** A number of orders with a long tail: few people buy much. */
const orders = (uniform: number): number => Math.floor(-1.5 * Math.log(1 - uniform * 0.999));

const ZONES = ["Europe/Berlin", "Europe/London", "America/New_York", "Asia/Tokyo"];
const TIERS = ["none", "none", "silver", "gold"];
const CATEGORIES = ["Coffee", "Tea", "Machines"];

/** A made-up customer of the retail example. The same random numbers make the same customer. */
export const person = (random: () => number): ProfileToTry => {
  const bought = orders(random());
  const recent = Math.floor(bought * random());
  const spent = Math.round(bought * (15 + 60 * random()) * 100) / 100;
  return {
    traits: {
      timeZone: oneOf(ZONES, random()),
      loyaltyTier: oneOf(TIERS, random()),
      locale: oneOf(["en", "de"], random()),
    },
    computed: {
      orders: bought,
      orders90d: recent,
      orders180d: Math.min(bought, recent + 1),
      spent,
      spent365d: Math.round(spent * random() * 100) / 100,
      coffeeOrders: Math.floor(bought * random()),
      views7d: Math.floor(12 * random()),
      lastCategory: oneOf(CATEGORIES, random()),
      cartAdds7d: Math.floor(3 * random()),
      complaints90d: random() < 0.05 ? 1 : 0,
    },
    ...(random() < 0.3 ? { consent: [] } : {}),
  };
};

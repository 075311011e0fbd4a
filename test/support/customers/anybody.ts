import fc from "fast-check";

/** What somebody knows who reads pages and guesses: ids, addresses, browsers. Devices of others are secrets. */
const USERS = ["kim", "lee", "thief", "nobody-yet"];
const BROWSERS = ["kims-browser", "lees-browser", "thiefs-browser", "another"];
const MAILS = ["kim@shop.example", "lee@shop.example", "thief@evil.example", "other@evil.example"];
const PHONES = ["+15550100200", "+15550100999"];
export const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });

/** An event as somebody sends it who has nothing but the write key. */
export const saidByAnybody = fc.record({
  type: fc.constantFrom(
    "identify" as const,
    "track" as const,
    "page" as const,
    "group" as const,
    "alias" as const,
  ),
  userId: maybe(USERS),
  anonymousId: fc.constantFrom(...BROWSERS),
  previousId: fc.constantFrom(...USERS, ...BROWSERS),
  email: maybe(MAILS),
  phone: maybe(PHONES),
  token: maybe(["thiefs-phone", "thiefs-tablet"]),
  inContext: fc.boolean(),
  /** As the event says itself, which may be any. */
  minute: fc.integer({ min: -10, max: 10_000 }),
});
export type SaidByAnybody = typeof saidByAnybody extends fc.Arbitrary<infer T> ? T : never;

import { describe, expect, it } from "vitest";
import { action, address, consent, customer, HOUR, iso, NOON } from "../../support/decisions/decision.ts";
import { told } from "../../support/decisions/explanations.ts";

const responses = (entries: Readonly<Record<string, string>>) => {
  const record = customer();
  return { record: { ...record, state: { ...record.state, responses: entries } } };
};
const requires = (outcome: string, withinMs?: number) => ({
  requires: [{ action: "tea", outcome, ...(withinMs === undefined ? {} : { withinMs }) }],
});
const tea = action("tea", { description: "Tea for two; or three.", placements: [] });
const coolDowns = (outcome: string) => ({
  policy: { coolDowns: [{ outcome, forMs: 72 * HOUR, actions: [] }] },
});
const cap = { name: "two a day", max: 0, windowMs: HOUR, channels: [], categories: [], actions: [] };

describe("why something is not offered, in a sentence to read out", () => {
  it.each([
    [
      "its condition's own reason",
      told(
        { eligible: ["customer.age > 1", "false"], because: [null, "It is for members"] },
        {
          record: customer({ traits: { age: 30 } }),
        },
      ),
      "It is for members.",
    ],
    [
      "the condition as it is written, where it has none",
      told({ eligible: ["customer.age\n  > 30"] }),
      "Its condition does not hold for the customer: customer.age > 30.",
    ],
    [
      "a segment",
      told({ eligible: ["customer.good customer"] }),
      'It is for the segment "good customer", and the customer is not in it.',
    ],
    [
      "a segment it is not for",
      told({ eligible: ["not(customer.good customer)"] }, { record: customer({ traits: { age: 70 } }) }),
      'It is not for the segment "good customer", and the customer is in it.',
    ],
    [
      "its beginning, by the brand's clocks",
      told({ activeFrom: Date.parse("2026-05-01T00:00:00+02:00") }),
      "It begins on Friday 1 May at 00:00, Berlin time.",
    ],
    [
      "its end, in another year",
      told({ activeTo: Date.parse("2025-12-31T23:30:00Z") }),
      "It ended on Thursday 1 January at 00:30, Berlin time.",
    ],
    [
      "what comes before it",
      told(requires("accepted", 30 * 24 * HOUR), {}, { actions: [tea] }),
      'It is only for a customer who was offered "Tea for two" and accepted it in the last 30 days.',
    ],
    [
      "an outcome of the company's own before it",
      told(requires("tasted"), {}, { actions: [tea] }),
      'It is only for a customer of whom "tasted" is known after "Tea for two".',
    ],
    [
      "its rival",
      told({ exclusive: "drink" }, responses({ "converted|tea": iso(NOON - HOUR) }), {
        actions: [{ ...tea, exclusive: "drink" }],
      }),
      'The customer has accepted "Tea for two", and it is not offered beside that.',
    ],
    [
      "a value that nobody can work out",
      told({ value: "customer.age * 2" }),
      "What it is worth cannot be worked out: something about the customer is not known.",
    ],
    [
      "want of consent",
      told({}, { record: customer({ consents: [] }) }),
      "The customer has not agreed to get this by e-mail.",
    ],
    [
      "an objection",
      told({}, { record: customer({ consents: [consent("email", { status: "withdrawn" })] }) }),
      "The customer does not want this by e-mail.",
    ],
    [
      "consent that is over",
      told({}, { record: customer({ consents: [consent("email", { expiresAt: iso(NOON - 1) })] }) }),
      "The customer's consent to this by e-mail has run out.",
    ],
    [
      "consent that is too weak",
      told({}, { record: customer({ consents: [consent("email", { kind: "implied" })] }) }),
      "The customer has never said yes to this by e-mail in so many words, which it takes.",
    ],
    [
      "an address that bounced",
      told({}, { record: customer({ addresses: [address("email", "a@example.com", "bounced")] }) }),
      "Nothing may go to the customer by e-mail: the address does not work, or a complaint came from it.",
    ],
    [
      "want of an address",
      told({}, { record: customer({ addresses: [] }) }),
      "The customer cannot be reached by e-mail: no address is known.",
    ],
    [
      "a complaint, by the customer's clocks",
      told(
        {},
        {
          record: {
            ...customer({ traits: { timezone: "America/New_York" } }),
            state: {
              ...customer({ traits: { timezone: "America/New_York" } }).state,
              responses: { "complained|cart": iso(NOON - HOUR) },
            },
          },
        },
        coolDowns("complained"),
      ),
      "The customer complained about it: it is not offered again before Saturday 14 March at 06:00, New York time.",
    ],
    [
      "a refusal",
      told({}, responses({ "dismissed|cart": iso(NOON - HOUR) }), coolDowns("dismissed")),
      "The customer waved it away: it is not offered again before Saturday 14 March at 11:00, Berlin time.",
    ],
    [
      "an outcome of the company's own",
      told({}, responses({ "tasted|cart": iso(NOON - HOUR) }), coolDowns("tasted")),
      'What came of it last was "tasted": it is not offered again before Saturday 14 March at 11:00, Berlin time.',
    ],
    [
      "a rest of which only the end was kept",
      told({}, { record: customer({ coolDowns: { cart: iso(NOON + HOUR) } }) }),
      "It came up lately: it is not offered again before Wednesday 11 March at 13:00, Berlin time.",
    ],
    [
      "a cap",
      told({}, {}, { policy: { caps: [cap] } }),
      'The customer has had as many contacts as "two a day" allows for now.',
    ],
    ["stock", told({}, { unavailable: new Map([["cart", "stock"]]) }), "There is none left."],
    [
      "its budget",
      told({}, { unavailable: new Map([["cart", "budget"]]) }),
      "The money set aside for it is spent for now.",
    ],
    [
      "want of worth",
      told({ value: -20 }, { mode: "answer" }),
      "It is not worth a message: by e-mail it is worth -2.5, and it takes more than 0.",
    ],
    [
      "something better",
      told({}, {}, { actions: [{ ...tea, value: 90, placements: ["trigger.cart"] }] }),
      '"Tea for two" is worth more.',
    ],
    [
      "something as good",
      told({}, {}, { actions: [action("a cart")] }),
      '"a cart" is worth just as much, and there is room for one.',
    ],
    [
      "something that is owed",
      told({ value: 99 }, {}, { actions: [action("bill", { category: "transactional" })] }),
      '"bill" comes first, whatever else is worth.',
    ],
    [
      "the holdout",
      told({}, {}, { policy: { holdout: 1 } }),
      "The customer belongs to a group that is left alone, so that we learn what contact does for the others.",
    ],
  ])("names %s", (_, { detail }, sentence) => {
    expect(detail).toBe(sentence);
  });

  it("still says something when the version that decided cannot be read any more", () => {
    expect(told({ eligible: ["false"] }).nameless).toBe("Condition 1 of it does not hold for the customer.");
    expect(told({ activeFrom: NOON + HOUR }).nameless).toBe("It has not begun yet.");
    expect(told({ activeTo: NOON - HOUR }).nameless).toBe("It is over.");
  });
});

import { describe, expect, it } from "vitest";
import { explained, explanationOf } from "../../../shared/domain/decision/explain.ts";
import type { DecideInput } from "../../../shared/domain/decision/input.ts";
import { timeInWords } from "../../../shared/domain/decision/words.ts";
import type { Action, CompiledPlaybook } from "../../../shared/domain/playbook/types.ts";
import {
  action,
  address,
  consent,
  customer,
  decideFor,
  HOUR,
  iso,
  NOON,
  playbookOf,
} from "../../support/decision.ts";

type Policy = NonNullable<Parameters<typeof playbookOf>[0]>["contactPolicy"];

/** What is said of decisions among offers that have names of their own, and of `cart` first of all. */
const told = (
  cart: Partial<Action>,
  input: Partial<DecideInput> = {},
  more: { readonly actions?: readonly Action[]; readonly policy?: Policy } = {},
) => {
  const playbook: CompiledPlaybook = playbookOf({
    actions: [action("cart", { description: "The cart is still there.", ...cart }), ...(more.actions ?? [])],
    segments: [{ name: "good customer", condition: "customer.age > 60" }],
    ...(more.policy === undefined ? {} : { contactPolicy: more.policy }),
  });
  const { decision } = decideFor(playbook, input);
  const telling = { decision, document: playbook.document };
  return {
    decision,
    explanation: explanationOf(telling),
    detail: explained(telling).find((one) => one.action === "cart")?.detail,
    nameless: explained({ decision, document: null }).find((one) => one.action === "cart")?.detail,
  };
};

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

describe("a decision, in words to read out", () => {
  it("names what was chosen as people call it, its channel and its moment by the customer's clocks", () => {
    const quiet = [{ from: "21:00", to: "08:00", channels: [], categories: [] }];
    const night = { now: Date.parse("2026-03-11T02:00:00Z") };
    const there = { ...night, record: customer({ traits: { timezone: "Asia/Tokyo" } }) };
    expect(told({}, night, { policy: { quietHours: quiet } }).explanation).toBe(
      '"The cart is still there" was chosen by e-mail on Wednesday 11 March at 08:00, Berlin time: it was the only one to consider.',
    );
    expect(told({}, there, { policy: { quietHours: quiet } }).explanation).toBe(
      '"The cart is still there" was chosen by e-mail: it was the only one to consider.',
    );
    const far = { now: NOON + 2 * HOUR, record: customer({ traits: { timezone: "Asia/Tokyo" } }) };
    const { decision, explanation } = told({}, far, { policy: { quietHours: quiet } });
    expect(decision.timeZone).toBe("Asia/Tokyo");
    expect(explanation).toContain("on Thursday 12 March at 08:00, Tokyo time");
    expect(decision.actions[0]?.reasons).toContain(
      "held until Thursday 12 March at 08:00, Tokyo time: quiet hours end (Asia/Tokyo)",
    );
  });

  it("calls what is owed that, and never claims that it is worth most", () => {
    const bill = action("bill", { category: "transactional", value: 0.1 });
    expect(told({ value: 99 }, {}, { actions: [bill] }).explanation).toBe(
      '"bill" was chosen by e-mail: it is what the customer is waiting for, and comes first.',
    );
  });

  it("tells a draw among wordings from one among offers", () => {
    const treatments = ["a", "b"].map((name) => ({ name, channel: "email", weight: 1 }));
    expect(told({ treatments }).explanation).toContain("Which wording it has was drawn (50 in 100).");
  });

  it("takes nothing for close that the customer did not qualify for", () => {
    const ineligible = ["alpha", "beta"].map((name) =>
      action(name, { eligible: ["false"], placements: ["trigger.cart"] }),
    );
    expect(told({ eligible: ["false"] }, {}, { actions: ineligible }).explanation).toBe(
      "Nothing is offered: none of the 3 offers for this place is open to the customer now.",
    );
    expect(told({}, { record: customer({ consents: [] }) }, { actions: ineligible }).explanation).toBe(
      'Nothing is offered. What came closest was "The cart is still there". The customer has not agreed to get this by e-mail.',
    );
    expect(told({ eligible: ["false"], because: ["It is over for today."] }).explanation).toBe(
      'Nothing is offered. There was only "The cart is still there". It is over for today.',
    );
  });

  it("speaks of the customer as somebody else, whatever is told", () => {
    const all = [told({}), told({}, { record: customer({ consents: [] }) }), told({ value: -1 })];
    for (const { explanation } of all) expect(explanation).not.toMatch(/\b[Yy]ou/);
  });
});

describe("a time in words", () => {
  it("is what the clocks on the wall show, also where they have just changed", () => {
    expect(timeInWords(Date.parse("2026-03-29T00:59:00Z"), "Europe/Berlin", NOON)).toBe(
      "Sunday 29 March at 01:59, Berlin time",
    );
    expect(timeInWords(Date.parse("2026-03-29T01:00:00Z"), "Europe/Berlin", NOON)).toBe(
      "Sunday 29 March at 03:00, Berlin time",
    );
    expect(timeInWords(Date.parse("2028-02-29T12:00:00Z"), "UTC", NOON)).toBe(
      "Tuesday 29 February 2028 at 12:00, UTC",
    );
  });
});

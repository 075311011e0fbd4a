import { describe, expect, it } from "vitest";
import { decide } from "#domain/decision/decide.ts";
import type { DecideInput } from "#domain/decision/input/input.ts";
import { toLogRecord } from "#domain/decision-log/record.ts";
import { replay } from "#domain/decision-log/replay.ts";
import type { LogRecord } from "#domain/decision-log/types.ts";
import { buildLearning } from "#domain/playbook/build/build-learning.ts";
import { action, address, customer, NOON, playbookOf } from "../../support/decisions/decision.ts";

const known = customer({
  traits: { email: "jane@example.com", surname: "Lovelace", note: "ask Lovelace", tier: "gold", age: 36 },
  addresses: [address("email", "jane@example.com"), address("sms", "+491701234567")],
});
const asked: Partial<DecideInput> = {
  context: {
    page: "https://x.example/?m=jane@example.com",
    caller: { name: "Kim, +1 202 555 0187", age: 41, line: 491701234567 },
    weather: "sun",
  },
  event: {
    name: "Cart Updated",
    at: "2026-03-11T10:00:00.000Z",
    properties: { total: 3, affiliation: "for kim@example.com", email: "other@example.com" },
  },
};
/** What a decision keeps of the formula, written past the check of an upload. */
const kept = (formula: string) => {
  const playbook = playbookOf({
    dataModel: {
      ...playbookOf().document.dataModel,
      traits: [
        { name: "email", type: "string" },
        { name: "surname", type: "string", personal: true },
        { name: "note", type: "string" },
        { name: "tier", type: "string" },
        { name: "age", type: "number" },
      ],
    },
    actions: [action("cart")],
    learning: buildLearning({ predictors: { x: formula }, outcomes: { clicked: 1 } }),
  });
  const { decision, basis } = decide({
    playbook,
    record: known,
    placement: "trigger.cart",
    mode: "message",
    decisionId: "dec_1",
    now: NOON,
    ...asked,
  });
  const record: LogRecord = JSON.parse(JSON.stringify(toLogRecord(decision, basis)));
  return { value: decision.learning?.values[0], record, again: replay(record, playbook).decision };
};

describe("a predictor", () => {
  it.each([
    'get value(customer, "email")',
    'customer["surname"]',
    "{x: customer}.x.email",
    "for c in [customer] return c.email",
    "customer.note",
    "upper case(customer.note)",
    "event.affiliation",
    'get value(event, "email")',
    "context.page",
    "context.caller.name",
    "context.caller.line",
    'substring before(customer.email, "@")',
    'replace(customer.email, "@", " at ")',
    "string(customer)",
    "string(context)",
  ])("keeps nothing that names or reaches somebody of %s, and is the same when replayed", (formula) => {
    const { value, record, again } = kept(formula);

    const text = JSON.stringify([value, record.decision]).toLowerCase();
    for (const secret of ["jane", "kim", "other", "lovelace", "4917012", "555"]) {
      expect(text).not.toContain(secret);
    }
    expect(JSON.stringify(again)).toBe(JSON.stringify(record.decision));
  });

  it.each([
    ["customer.tier", "gold"],
    ["customer.age", 36],
    ["context.weather", "sun"],
    ["context.caller.age", 41],
    ["event.total", 3],
    ["customer.email != null", true],
    ["brand.name", "Fern"],
  ])("keeps what %s says", (formula, said) => {
    expect(kept(formula).value).toBe(said);
  });
});

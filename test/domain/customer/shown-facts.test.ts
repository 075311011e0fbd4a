import { expect, it } from "vitest";
import { shownFacts } from "#domain/customer/shown-facts.ts";
import { NO_CONTACT, newState } from "#domain/customer/state.ts";
import { customer, NOON, playbookOf } from "../../support/decisions/decision.ts";

it("templates see a customer's own facts, and of a stranger the segments that the rules find for nobody", () => {
  const playbook = playbookOf({
    segments: [
      { name: "everybody", condition: "true" },
      { name: "nobody", condition: "false" },
    ],
  });
  expect(shownFacts(null, playbook, NOON)).toMatchObject({ everybody: true, nobody: false });
  const record = customer({ traits: { plan: "gold" } });
  expect(shownFacts(record, playbook, NOON)).toMatchObject({ plan: "gold", everybody: false });
});

it("a new customer has not been stored, nor their contacts", () => {
  expect(newState("cus_1", "2026-01-01T00:00:00.000Z").version).toBe(0);
  expect(NO_CONTACT).toEqual({ version: 0, entries: [], coolDowns: {} });
});

import { describe, expect, it } from "vitest";
import {
  action,
  consent,
  contactAt,
  customer,
  decideFor,
  HOUR,
  iso,
  NOON,
  playbookOf,
} from "../../support/decisions/decision.ts";

const placement = "email.newsletter.top";
const cap = { name: "marketing a day", max: 1, windowMs: 24 * HOUR, categories: [], actions: [] };
const plain = playbookOf().document;
const playbook = playbookOf({
  actions: [
    ...["tea", "coffee", "cups"].map((name) => action(name, { placements: [placement] })),
    action("cart"),
  ],
  placements: [...plain.placements, { name: placement, limit: 3, channels: ["email"] }],
  brand: { ...plain.brand, costs: { email: 20 } },
  contactPolicy: {
    quietHours: [{ from: "21:00", to: "08:00", channels: [], categories: [] }],
    interruptions: [{ minimum: 50, channels: [], categories: [] }],
    caps: [
      { ...cap, channels: [] },
      { ...cap, name: "mails a day", channels: ["email"] },
    ],
  },
});
const ask = (input: Parameters<typeof decideFor>[1] = {}) =>
  decideFor(playbook, { placement, mode: "answer", ...input });
const namesOf = ({ decision }: ReturnType<typeof ask>) => decision.actions.map(({ action: name }) => name);

describe("a mailing that asks what to put into its slot", () => {
  it("gets as many as there is room for: it interrupts nobody once more, and costs nothing", () => {
    const record = customer({ contacts: [contactAt(NOON - HOUR)] });
    const result = ask({ record });
    expect(namesOf(result)).toEqual(["coffee", "cups", "tea"]);
    expect(result.messages).toEqual([]);
    expect(result.decision.actions[0]?.reasons.join()).not.toContain("cost");
  });

  it("may be put together at night", () => {
    expect(namesOf(ask({ now: NOON + 12 * HOUR }))).toHaveLength(3);
  });

  it("leaves the next message its room", () => {
    const learning = playbookOf({
      ...playbook.document,
      brand: plain.brand,
      contactPolicy: { ...playbook.document.contactPolicy, interruptions: [] },
    });
    const shown = decideFor(learning, { placement, mode: "answer" });
    expect(shown.contact).toBeUndefined();
    const kept = ["tea", "coffee"].map((name) => contactAt(NOON, { action: name, kind: "insert" }));
    const next = decideFor(learning, { record: customer({ contacts: kept }) });
    expect(next.messages).toHaveLength(1);
  });

  it("still needs consent for the mail, and an address to which it goes", () => {
    const refused = (record: ReturnType<typeof customer>) =>
      ask({ record }).decision.rejected.map(({ reason }) => reason);
    expect(refused(customer({ consents: [] }))).toEqual(["consent", "consent", "consent"]);
    const expired = consent("email", { expiresAt: iso(NOON - 1) });
    expect(refused(customer({ consents: [expired] }))).toEqual(["consent", "consent", "consent"]);
    expect(refused(customer({ addresses: [] }))).toEqual(["no-address", "no-address", "no-address"]);
  });
});

describe("whoever asks at a trigger's placement", () => {
  it("is told by the rules of messages what the trigger would send", () => {
    const { decision } = decideFor(playbook, { mode: "answer" });
    expect(decision.rejected).toMatchObject([
      { action: "cart", reason: "outranked", cause: { kind: "doing-nothing" } },
    ]);
  });
});

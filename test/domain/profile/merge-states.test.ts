import { describe, expect, it } from "vitest";
import { newState } from "#domain/customer/state.ts";
import { mergeContacts, mergeContested, mergeIdentifiers, mergeStates } from "#domain/profile/merge.ts";
import type { CustomerState } from "#domain/records/customer.ts";
import type { LinkedIdentifier } from "#domain/records/identity.ts";
import type { Contact, ContactHistory } from "#domain/records/permission.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const at = (second: number) => `2026-12-01T00:00:${String(second).padStart(2, "0")}.000Z`;
const state = (id: string, more: Partial<CustomerState> = {}): CustomerState => ({
  ...newState(id, at(1)),
  version: 1,
  ...more,
});
const merged = (a: Partial<CustomerState>, b: Partial<CustomerState>) =>
  mergeStates(state("cus_a", a), state("cus_b", b), playbook, at(9)).state;

describe("one identifier that two people have", () => {
  const one = (more: Partial<LinkedIdentifier> = {}): LinkedIdentifier => ({
    type: "email",
    value: "k@x.example",
    ...more,
  });
  const both = (a: Partial<LinkedIdentifier>, b: Partial<LinkedIdentifier>) =>
    mergeIdentifiers([one(a)], [one(b)], playbook);

  it.each([
    ["was seen when it was seen last", { at: at(1) }, { at: at(2) }, { at: at(2) }],
    ["was seen when it was seen last, by whom ever", { at: at(2) }, { at: at(1) }, { at: at(2) }],
    ["may never have been seen", {}, {}, {}],
    ["was seen by one", {}, { at: at(1) }, { at: at(1) }],
    ["is trusted where either is", { standing: "public", browser: "x" }, {}, {}],
    ["is trusted where the other is", {}, { standing: "public", browser: "x" }, {}],
    [
      "is anybody's where both are",
      { standing: "public" },
      { standing: "public", browser: "y" },
      { standing: "public" },
    ],
    [
      "is the browser's that the first had it from",
      { standing: "public", browser: "x" },
      { standing: "public", browser: "y" },
      { standing: "public", browser: "x" },
    ],
  ] as const)("%s", (_what, a, b, expected) => {
    expect(both(a, b)).toEqual([one(expected)]);
    expect(Object.keys(both(a, b)[0] ?? {}).sort()).toEqual(
      ["type", "value", ...Object.keys(expected)].sort(),
    );
  });
});

it("contested identifiers are those of nobody, by name, fifty at most", () => {
  const some = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ type: "userId", value: String(n).padStart(3, "0") }));
  const values = (all: ReturnType<typeof some>, own: ReturnType<typeof some> = []) =>
    mergeContested(all, own).map(({ value }) => value);
  expect(values([...some(3).reverse(), ...some(2)])).toEqual(["000", "001", "002"]);
  expect(values(some(3), some(1))).toEqual(["001", "002"]);
  expect(values(some(51)).at(-1)).toBe("049");
});

describe("two customers who are one", () => {
  it("were there since the first of them, and changed with the last", () => {
    const [old, young] = [
      { createdAt: at(1), updatedAt: at(2) },
      { createdAt: at(3), updatedAt: at(4) },
    ];
    for (const state of [merged(old, young), merged(young, old)])
      expect(state).toMatchObject({ customerId: "cus_a", createdAt: at(1), updatedAt: at(4) });
  });

  it("say nothing of what neither has", () => {
    const state = merged({}, {});
    for (const name of ["named", "responses", "hours", "conversation", "holding", "held", "runs", "unproven"])
      expect(state).not.toHaveProperty(name);
  });

  const held = { decisionId: "dec_1", categories: ["a"], until: at(50) };
  const talk = { open: true, handler: "queue", channel: "sms", at: at(1) } as const;
  it.each<[string, Partial<CustomerState>, object]>([
    ["a name", { named: true }, { named: true }],
    ["responses", { responses: { "cart clicked": at(1) } }, { responses: { "cart clicked": at(1) } }],
    ["hours", { hours: { email: { "9": 2 } } }, { hours: { email: { "9": 2 } } }],
    ["a conversation", { conversation: talk }, { conversation: talk }],
    ["what is held", { holding: ["b", "a"], held: [held] }, { holding: ["a", "b"], held: [held] }],
  ])("have %s of either", (_what, own, expected) => {
    expect(merged(own, {})).toMatchObject(expected);
    expect(merged({}, own)).toMatchObject(expected);
  });

  it("are held by what holds either, each once", () => {
    expect(merged({ holding: ["b"], held: [held] }, { holding: ["a", "b"], held: [held] })).toMatchObject({
      holding: ["a", "b"],
      held: [held],
    });
  });

  it("were all that either was before, but not who they are", () => {
    expect(merged({ absorbed: ["cus_z"] }, { absorbed: ["cus_a", "cus_c"] }).absorbed).toEqual([
      "cus_b",
      "cus_c",
      "cus_z",
    ]);
  });
});

describe("the contacts of two customers who are one", () => {
  const contact = (id: string, second: number): Contact => ({
    id,
    at: at(second),
    channel: "email",
    category: "marketing",
    action: "cart",
    treatment: "cart",
    kind: "message",
  });
  const history = (more: Partial<ContactHistory> = {}): ContactHistory => ({
    version: 3,
    entries: [],
    coolDowns: {},
    ...more,
  });

  it("are those of both, each once, the first first", () => {
    const { version, entries } = mergeContacts(
      history({ entries: [contact("m3", 3), contact("m1", 1)] }),
      history({ version: 9, entries: [contact("m2", 2), contact("m1", 1)] }),
    );
    expect(version).toBe(3);
    expect(entries.map(({ id }) => id)).toEqual(["m1", "m2", "m3"]);
  });

  it("rest as long as either lets them, and hold what either holds", () => {
    const one = { cart: at(5), tea: at(1) };
    const other = { cart: at(4), tea: at(2), mug: at(3) };
    const longest = { cart: at(5), tea: at(2), mug: at(3) };
    expect(mergeContacts(history({ coolDowns: one }), history({ coolDowns: other })).coolDowns).toEqual(
      longest,
    );
    expect(mergeContacts(history({ holds: one }), history({ holds: other })).holds).toEqual(longest);
    expect(mergeContacts(history(), history({ holds: other })).holds).toEqual(other);
    expect(mergeContacts(history({ holds: other }), history()).holds).toEqual(other);
    expect(mergeContacts(history(), history())).toEqual(history());
  });

  it("were refused where either was", () => {
    const refusals = [
      { channel: "email", topic: "marketing", address: "k@x.example", at: at(1), until: at(50) },
    ];
    expect(mergeContacts(history({ refusals }), history()).refusals).toEqual(refusals);
    expect(mergeContacts(history(), history({ refusals })).refusals).toEqual(refusals);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MASKED } from "#domain/customer/personal-text.ts";
import { learntInput } from "#domain/decision/explore/learnt.ts";
import type { DecideInput } from "#domain/decision/input/input.ts";
import { toLogRecord } from "#domain/decision-log/record.ts";
import { replay } from "#domain/decision-log/replay.ts";
import type { LogRecord } from "#domain/decision-log/types.ts";
import type { Estimator } from "#domain/learning/learner.ts";
import { buildExperiments } from "#domain/playbook/build/build-experiments.ts";
import { buildLearning } from "#domain/playbook/build/build-learning.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import {
  action,
  address,
  consent,
  contactAt,
  customer,
  decideFor,
  HOUR,
  NOON,
  playbookOf,
  refusalOf,
} from "../../support/decisions/decision.ts";

/** What the log gives back: the record through JSON. */
const logged = (playbook: CompiledPlaybook, input: Partial<DecideInput> = {}): LogRecord => {
  const { decision, basis } = decideFor(playbook, input);
  const record: LogRecord = JSON.parse(JSON.stringify(toLogRecord(decision, basis)));
  return record;
};

const bytes = (record: LogRecord, playbook: CompiledPlaybook): readonly [string, string] => [
  JSON.stringify(replay(record, playbook).decision),
  JSON.stringify(record.decision),
];

const shop = playbookOf({
  actions: [
    action("cart", {
      eligible: ["event.total > 20"],
      value: "event.total",
      treatments: [
        { name: "long", channel: "email", template: "long", weight: 2 },
        { name: "short", channel: "email", template: "short", weight: 1 },
        { name: "text", channel: "sms", template: "text", weight: 1 },
      ],
    }),
    action("young", { eligible: ["customer.age < 30"], value: 12 }),
    action("gold", { eligible: ['customer.tier = "gold"', "context.open = true"], value: 14 }),
  ],
  contactPolicy: {
    quietHours: [{ from: "21:00", to: "08:00", channels: [], categories: [] }],
    caps: [{ name: "two", max: 2, windowMs: 24 * HOUR, channels: [], categories: [], actions: [] }],
  },
});

describe("a record of the log", () => {
  it("gives the same bytes when it is replayed, whoever it was about and whenever", () => {
    const anybody = fc.record({
      age: fc.option(fc.integer({ min: 10, max: 80 })),
      tier: fc.option(fc.constantFrom("gold", "silver")),
      channels: fc.subarray(["email", "sms"]),
      agreed: fc.subarray(["email", "sms"]),
      contacts: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }),
      coolDown: fc.boolean(),
      refused: fc.option(fc.constantFrom("email@example.com", "gone@example.com")),
    });
    const asked = fc.record({
      now: fc.integer({ min: 0, max: 48 }).map((hours) => NOON + hours * HOUR),
      total: fc.integer({ min: 0, max: 60 }),
      open: fc.boolean(),
      id: fc.uuid(),
      limit: fc.integer({ min: 1, max: 3 }),
      suppressed: fc.boolean(),
    });
    fc.assert(
      fc.property(anybody, asked, (person, request) => {
        const record = customer({
          traits: {
            ...(person.age === null ? {} : { age: person.age }),
            ...(person.tier === null ? {} : { tier: person.tier }),
          },
          addresses: person.channels.map((channel) => address(channel, `${channel}@example.com`)),
          consents: person.agreed.map((channel) => consent(channel)),
          contacts: person.contacts.map((hours) => contactAt(NOON - hours * HOUR)),
          coolDowns: person.coolDown ? { cart: "2026-03-12T00:00:00.000Z" } : {},
          ...(person.refused === null ? {} : { refusals: [refusalOf(person.refused)] }),
        });
        const entry = logged(shop, {
          record,
          decisionId: request.id,
          now: request.now,
          limit: request.limit,
          context: { open: request.open },
          event: {
            name: "Cart Updated",
            at: "2026-03-11T10:00:00.000Z",
            properties: { total: request.total },
          },
          isSuppressed: () => request.suppressed,
        });
        expect(JSON.stringify(entry)).not.toContain("@example.com");
        const [again, before] = bytes(entry, shop);
        expect(again).toBe(before);
      }),
    );
  });

  it.each([
    ["nobody confirmed", []],
    ["somebody proved, too", [consent("email", { standing: "proven", messageId: "msg_1" })]],
    ["was withdrawn before", [consent("email", { status: "withdrawn", at: "2025-01-01T00:00:00.000Z" })]],
  ])("gives the same bytes for consent by a public key that %s", (_, others) => {
    const double = playbookOf({
      actions: [action("cart")],
      contactPolicy: {
        categories: [{ name: "marketing", consent: "express", transactional: false, confirm: "double" }],
      },
    });
    const consents = [consent("email", { standing: "public" }), ...others];
    const entry = logged(double, { record: customer({ consents }) });
    expect(JSON.stringify(entry)).not.toContain("msg_1");
    const [again, before] = bytes(entry, double);
    expect(again).toBe(before);
  });

  it("gives the same bytes for numbers and propensities that came from outside", () => {
    const drawn = [0.9, 0.1, 0.4];
    const entry = logged(shop, {
      event: { name: "Cart Updated", at: "2026-03-11T10:00:00.000Z", properties: { total: 30 } },
      random: () => drawn.shift() ?? 0,
      propensity: ({ name }) => (name === "cart" ? 0.125 : 0.25),
    });
    expect(entry.draws).toEqual([0.9]);
    expect(entry.propensities?.["cart|email"]).toBe(0.125);
    const [again, before] = bytes(entry, shop);
    expect(again).toBe(before);
  });

  it("gives the same bytes when choices were explored by what was learnt", () => {
    const explored = playbookOf({
      actions: ["a", "b", "c"].map((name, index) => action(name, { value: 10 + index })),
      learning: buildLearning({
        predictors: { age: "customer.age" },
        outcomes: { clicked: 1 },
        exploration: { method: "inverse-gap", floor: 0.3 },
      }),
    });
    const estimate: Estimator = ({ action: name }) => ({
      mean: name === "a" ? 0.6 : 0.2,
      deviation: 0.05,
      evidence: 100,
      foreseen: { counters: 0.25, linear: name === "a" ? 0.95 : 0.15 },
    });
    const learnt = learntInput(explored, {
      estimate,
      evidence: { a: 900, b: 30, elsewhere: 7 },
      readAt: NOON,
    });
    const chosen = new Set<string>();
    for (let index = 0; index < 60; index += 1) {
      const entry = logged(explored, {
        decisionId: `dec_${index}`,
        record: customer({ traits: { age: 41 } }),
        ...learnt,
      });
      chosen.add(entry.decision.actions[0]?.action ?? "");
      expect(entry.draws.length).toBeGreaterThan(0);
      expect(entry.request.evidence).toEqual({ a: 900, b: 30 });
      const [shown] = entry.decision.actions;
      const linear = shown?.action === "a" ? 0.95 : 0.15;
      expect(entry.decision.learning?.foreseen).toEqual({ [shown?.action ?? ""]: [0.25, linear] });
      const [again, before] = bytes(entry, explored);
      expect(again).toBe(before);
    }
    expect(chosen.size).toBeGreaterThan(1);
  });

  it("gives the same bytes for whoever turned out to be a customer known for longer", () => {
    const variants = { tea: { levers: { cake: 0 } }, cake: { levers: { tea: 0 } } };
    const file = { test: { variants, goals: { "Cart Updated": 1 } } };
    const playbook = playbookOf({
      actions: [action("tea"), action("cake")],
      experiments: buildExperiments(file, "UTC"),
    });
    const chosen = new Set<string | undefined>();
    for (let number = 0; number < 20; number += 1) {
      const { state, ...rest } = customer({ id: "cus_z" });
      const absorbed = [`cus_${number}`, "cus_known later"];
      const record = logged(playbook, { record: { ...rest, state: { ...state, absorbed } } });
      const [again, before] = bytes(record, playbook);
      expect(again).toBe(before);
      chosen.add(record.decision.actions[0]?.action);
    }
    expect(chosen).toEqual(new Set(["tea", "cake"]));
  });

  it("gives the same bytes for somebody we do not know", () => {
    const web = playbookOf({
      actions: [
        action("hero", {
          placements: ["web.home.hero"],
          treatments: [{ name: "a", channel: "web", weight: 1 }],
        }),
      ],
    });
    const entry = logged(web, {
      record: null,
      placement: "web.home.hero",
      mode: "answer",
      ref: "anonymousId:x-1",
    });
    expect(JSON.stringify(entry)).not.toContain("x-1");
    const [again, before] = bytes(entry, web);
    expect(again).toBe(before);
  });

  it("holds no identifier, address or personal trait, wherever it stood", () => {
    const playbook = playbookOf({
      dataModel: {
        ...shop.document.dataModel,
        traits: [
          { name: "email", type: "string" },
          { name: "surname", type: "string", personal: true },
          { name: "age", type: "number" },
        ],
      },
      actions: [
        action("cart", {
          eligible: ["customer.email != null", "customer.surname != null", "context.visitor != context.city"],
        }),
      ],
    });
    const known = customer({
      traits: { email: "ada@example.com", surname: "Lovelace", age: 36, note: "call +491701234567" },
      addresses: [address("email", "ada@example.com"), address("sms", "+491701234567")],
    });
    const record = {
      ...known,
      state: { ...known.state, identifiers: [{ type: "anonymousId", value: "browser-77" }] },
    };
    const entry = logged(playbook, {
      record,
      context: { visitor: "browser-77", city: "London" },
      data: { list: [{ to: "ADA@example.com" }] },
      event: {
        name: "Cart Updated",
        at: "2026-03-11T10:00:00.000Z",
        properties: { email: "other@example.com", total: 3, who: "Lovelace" },
      },
    });
    const text = JSON.stringify(entry).toLowerCase();
    for (const secret of ["ada@example", "other@example", "lovelace", "4917012", "browser-77"]) {
      expect(text).not.toContain(secret);
    }
    expect(entry.state?.traits).toEqual({ email: MASKED, surname: MASKED, age: 36 });
    expect(entry.request.context).toEqual({ visitor: MASKED, city: "London" });
    expect(entry.masked).toEqual(["context.visitor", "customer.email", "customer.surname"]);
    expect(entry.decision.actions.map(({ action: name }) => name)).toEqual(["cart"]);
    const [again, before] = bytes(entry, playbook);
    expect(again).toBe(before);
  });
});

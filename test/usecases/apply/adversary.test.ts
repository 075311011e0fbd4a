import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  toConsentItem,
  toContactItem,
  toPlainStateItem,
} from "#adapters/dynamodb/customers/customer-items.ts";
import { NO_CONSENT, NO_CONTACT } from "#domain/customer/state.ts";
import { identifierKey } from "#domain/identity/identifiers.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { itemBytes } from "#infra/local/dynamodb/units.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { PoisonEvent } from "#ports/dead-letters.ts";
import { applyMessage } from "#usecases/apply/apply-message.ts";
import { minutesAgo } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

/** Everything a playbook can keep of an event is kept, in windows too. */
const playbook = await testPlaybook({
  "data-model.yaml": `
identifiers:
  userId: { priority: 1, unique: true, from: [userId] }
  email: { priority: 2, limit: 5, normalize: email, channel: email, from: [traits.email] }
  deviceToken: { priority: 4, channel: push, from: [context.device.token] }
  anonymousId: { priority: 5, limit: 100, from: [anonymousId] }
  loyalty: { from: [traits.loyalty], unique: true, priority: 60 }
traits: { email: string, firstName: string, plan: string }
computed:
${["first", "last", "min", "max"].map((kind) => `  ${kind}Ever: { kind: ${kind}, event: Seen, property: a, type: string }\n  ${kind}Lately: { kind: ${kind}, event: Seen, property: a, type: string, window: P2D }`).join("\n")}
  kinds: { kind: distinct, event: Seen, property: a }
  kindsLately: { kind: distinct, event: Seen, property: a, window: P2D }
  sums: { kind: sum, event: Seen, property: n, window: P2D }
events:
  Seen: { a: string, n: number }
${Array.from({ length: 8 }, (_, n) => `  Other ${n}: {}`).join("\n")}
  Signed Up: {}
  Product Viewed: { product_id: string, name: string, price: number }
  Product Added: { product_id: string, name: string, price: number }
  Order Completed: { order_id: string, total: number, products: list }
`,
  "segments.yaml": Array.from({ length: 20 }, (_, n) => `segment ${n}: customer.plan = "p${n % 3}"`).join(
    "\n",
  ),
  "triggers.yaml": `
welcome: { on: Signed Up }
order-confirmed: { on: Order Completed, if: event.total > 0 }
${Array.from({ length: 8 }, (_, n) => `wait ${n}: { on: Product Added, placement: trigger.welcome, after: PT1H, unless: [Order Completed, Other ${n}] }`).join("\n")}
`,
  "actions/cart-reminder.yaml": null,
  "actions/welcome.yaml": `
category: marketing
placements: [trigger.welcome]
value: 10
treatments: [{ channel: email, template: welcome }]
`,
});

const text = (bytes: number): string => "x".repeat(bytes);
const nested = (depth: number): JsonObject => (depth === 0 ? {} : { a: nested(depth - 1) });

const names = fc.oneof(
  fc.constantFrom(
    "email",
    "firstName",
    "plan",
    "loyalty",
    "constructor",
    "__proto__",
    "a",
    "n",
    "",
    "ключ",
    "🎈",
  ),
  fc.nat(400).map((n) => `trait ${n}`),
  fc.nat(6_000).map(text),
);
const values = fc.oneof(
  fc.constantFrom("p0", "p1", "thief@evil.example", "", null, true, 0, -1, 1e308, "\u0000", "e\u0301"),
  fc.nat(12_000).map(text),
  fc.nat(9).map((n) => `${n}${text(1_000)}`),
  fc.nat(63).map(nested),
  fc.nat(500).map((n) => Array.from({ length: n }, (_, at) => at)),
);
const members = fc.array(fc.tuple(names, values), { maxLength: 40 }).map((all): JsonObject => {
  let left = 26_000;
  return Object.fromEntries(
    all.filter(([name, value]) => {
      left -= Buffer.byteLength(JSON.stringify([name, value]));
      return left > 0;
    }),
  );
});
const consents = fc.record(
  {
    channel: fc.oneof(
      fc.constantFrom("email", "sms", "EMAIL ", "*", "web"),
      fc.nat(200).map((n) => `x${n}`),
    ),
    topic: fc.oneof(
      fc.constantFrom("marketing", "service", "*"),
      fc.nat(200).map((n) => `t${n}`),
    ),
    status: fc.constantFrom("granted", "withdrawn", "pending"),
    text: fc.oneof(fc.nat(2_048).map(text), fc.nat(20_000).map(text)),
  },
  { requiredKeys: ["status"] },
);
const preferences = fc.nat(2_400).map((count) => ({
  consent: {
    categoryPreferences: Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, n % 2 === 0])),
  },
}));
const said = fc.oneof(
  {
    weight: 4,
    arbitrary: members.map((traits) => ({ type: "identify" as const, name: "identify", traits })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom("Seen", "Product Added", "Signed Up", "Order Completed", "Other 1"), members)
      .map(([name, properties]) => ({ type: "track" as const, name, properties })),
  },
  {
    weight: 3,
    arbitrary: consents.map((properties) => ({
      type: "track" as const,
      name: "Consent Changed",
      properties: properties as JsonObject,
    })),
  },
  preferences.map((context) => ({ type: "page" as const, name: "page", context })),
  fc.nat(1_000).map((length) => ({
    type: "screen" as const,
    name: "screen",
    context: { device: { token: `${length}${text(length)}` } },
  })),
  members.map((traits) => ({ type: "group" as const, name: "group", groupId: "g", traits })),
  fc
    .constantFrom("kim", "lee", "d1", "d2")
    .map((previousId) => ({ type: "alias" as const, name: "alias", previousId })),
);
/** Somebody with the write key, about people the adversary names, from devices it makes up. */
const word = fc.record({
  said,
  userId: fc.constantFrom<string | undefined>(undefined, "kim", "lee"),
  anonymousId: fc.oneof(
    fc.constantFrom(undefined, "d1", "d2"),
    fc.nat(300).map((n) => `device ${n}`),
  ),
  hours: fc.nat(47),
});

type Word = typeof word extends fc.Arbitrary<infer T> ? T : never;

const eventOf = ({ said: what, userId, anonymousId, hours }: Word, id: string): CollectedEvent => {
  const at = minutesAgo(hours * 60 + 1);
  return {
    id: hashId("evt", "adversary", id),
    ...what,
    ...(userId === undefined ? {} : { userId }),
    ...(anonymousId === undefined && userId !== undefined ? {} : { anonymousId: anonymousId ?? "d1" }),
    at,
    receivedAt: at,
    source: "web",
    imported: false,
    depth: 0,
    standing: "public",
  };
};

const hub = () => {
  const profiles = memoryProfiles(playbook);
  const setAside: PoisonEvent[] = [];
  const deps = {
    ...profiles.dependencies,
    deadLetters: {
      put: async (_group: string, events: readonly PoisonEvent[]) => {
        setAside.push(...events);
      },
    },
    telemetry: { count: () => {}, log: { info: () => {}, warn: () => {}, error: () => {} } },
  } as unknown as Parameters<typeof applyMessage>[0];
  const apply = (events: readonly CollectedEvent[]): Promise<void> =>
    applyMessage(deps, { group: events[0]?.userId ?? "g", events, poison: [] });
  return { ...profiles, setAside, apply };
};
type Hub = ReturnType<typeof hub>;

const bytesOf = (item: object): number => itemBytes(JSON.parse(JSON.stringify(item)));

const partsOf = ({ shared }: Hub, customerId: string) => {
  const state = shared.states.get(customerId);
  if (state === undefined) throw new Error(`no ${customerId}`);
  const contact = shared.contacts.get(customerId) ?? NO_CONTACT;
  const consent = shared.consents.get(customerId) ?? NO_CONSENT;
  return { state, contact, consent };
};

/** Bytes of the three items that are read together, as DynamoDB counts them. */
const bytesTogether = (one: Hub, customerId: string): number => {
  const { state, contact, consent } = partsOf(one, customerId);
  return (
    bytesOf(toPlainStateItem({ ...state, unsent: {} })) +
    bytesOf(toContactItem(customerId, contact)) +
    bytesOf(toConsentItem(customerId, consent))
  );
};

const overgrown = (one: Hub): readonly string[] =>
  [...one.shared.states.keys()].flatMap((customerId) => {
    const { state, consent } = partsOf(one, customerId);
    const profile = Buffer.byteLength(JSON.stringify({ ...state, unsent: {} }));
    const consents = Buffer.byteLength(JSON.stringify(consent.entries));
    const waiting = bytesOf(toPlainStateItem(state));
    return [
      ...(profile > BOUNDS.stateBytes ? [`profile ${profile}`] : []),
      ...(consents > BOUNDS.consentBytes ? [`consent ${consents}`] : []),
      ...(bytesTogether(one, customerId) > 64 * 1024 ? [`together ${bytesTogether(one, customerId)}`] : []),
      // DynamoDB takes items of up to 400 KB.
      ...(waiting > 200 * 1024 ? [`with what is unsent ${waiting}`] : []),
    ];
  });

/** The customers as their company knows them, by a secret key. */
const honest = (userId: string): CollectedEvent => ({
  ...eventOf(
    {
      said: {
        type: "identify",
        name: "identify",
        traits: { email: `${userId}@shop.example`, firstName: userId },
      },
      userId,
      anonymousId: undefined,
      hours: 47,
    },
    `honest ${userId}`,
  ),
  standing: "trusted",
});
const withdrawal = (userId: string): CollectedEvent =>
  eventOf(
    {
      said: {
        type: "track",
        name: "Consent Changed",
        properties: { channel: "email", topic: "marketing", status: "withdrawn" },
      },
      userId,
      anonymousId: undefined,
      hours: 0,
    },
    `withdrawn ${userId}`,
  );

const idOf = ({ shared }: Hub, userId: string): string =>
  shared.pointers.get(identifierKey({ type: "userId", value: userId })) ?? "";
const survivor = (one: Hub, customerId: string): string => {
  const next = one.shared.states.get(customerId)?.mergedInto;
  return next === undefined ? customerId : survivor(one, next);
};

describe("whoever has nothing but the write key", () => {
  it("makes no customer grow past their bounds, loses no event, and stops no withdrawal", {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(word, { minLength: 1, maxLength: 12 }), { maxLength: 25 }),
        async (messages) => {
          const one = hub();
          for (const userId of ["kim", "lee", "nobody they name"]) await one.apply([honest(userId)]);
          const stranger = structuredClone(partsOf(one, idOf(one, "nobody they name")));
          const sent: string[] = [];
          for (const [index, words] of messages.entries()) {
            const events = words.map((each, at) => eventOf(each, `${index} ${at}`));
            await one.apply(events);
            sent.push(...events.map(({ id }) => id));
            expect(overgrown(one)).toEqual([]);
          }
          const ended = new Set([
            ...one.facts.keys(),
            ...one.setAside.map(({ event }) => (event as CollectedEvent).id),
          ]);
          expect(sent.filter((id) => !ended.has(id))).toEqual([]);
          for (const userId of ["kim", "lee"]) {
            await one.apply([withdrawal(userId)]);
            const { consent, state } = partsOf(one, survivor(one, idOf(one, userId)));
            expect(consent.entries["email|marketing"]?.status ?? consent.entries["*|*"]?.status).toBe(
              "withdrawn",
            );
            expect(
              state.addresses.filter(({ channel }) => channel === "email").map(({ value }) => value),
            ).toEqual([`${userId}@shop.example`]);
          }
          expect(overgrown(one)).toEqual([]);
          expect(partsOf(one, idOf(one, "nobody they name"))).toEqual(stranger);
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heldEvent, holdingAfter } from "#domain/conversation/holding.ts";
import { holdsOf } from "#domain/playbook/model/holds.ts";
import type { CustomerConversation, CustomerState } from "#domain/records/customer.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { DAY_MS } from "#kernel/time.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const NOON = Date.parse("2027-01-01T12:00:00.000Z");
const iso = (time: number): string => new Date(time).toISOString();
const OPEN: CustomerConversation = { open: true, handler: "queue", channel: "sms", at: iso(NOON) };
const WAITING = { ...OPEN, waitingSince: iso(NOON) };

const { holds, document } = await testPlaybook();
const heldUntil = (until: number) =>
  heldEvent(
    { decisionId: "dec_1", categories: ["marketing"], until: iso(until) },
    { customerId: "cus_1", at: iso(NOON), depth: 0 },
  );
const other: CollectedEvent = { ...heldUntil(NOON), name: "Signed Up", properties: {} };

type Holding = Pick<CustomerState, "customerId" | "conversation" | "holding" | "held">;
const settled = (state: Omit<Holding, "customerId">, event = other, now = NOON) =>
  holdingAfter({ customerId: "cus_1", ...state }, event, { holds, isTrue: () => false, now });

describe("the word that something was held", () => {
  it("is told by ourselves, once a decision, one cause deeper, and may wake triggers as any event", () => {
    expect(heldUntil(NOON)).toEqual({
      id: heldUntil(NOON + 1).id,
      type: "track",
      name: "decision.held",
      customerId: "cus_1",
      properties: { decisionId: "dec_1", categories: ["marketing"], until: iso(NOON) },
      at: iso(NOON),
      receivedAt: iso(NOON),
      source: "rapport",
      imported: false,
      depth: 1,
      standing: "trusted",
    });
  });
});

describe("what is held back for a conversation", () => {
  it("is what needs an express yes, while the customer waits for our answer, where a playbook says nothing", () => {
    expect(holdsOf(document.contactPolicy)).toEqual([{ categories: ["marketing"], forMs: 3 * DAY_MS }]);
    expect(settled({ conversation: WAITING }).holding).toEqual({ holding: ["marketing"] });
    expect(settled({ conversation: OPEN }).holding).toEqual({});
    expect(settled({}).holding).toEqual({});
    expect(holdsOf({ ...document.contactPolicy, holdWhile: [] })).toEqual([]);
  });

  it("is decided anew when the conversation is another, once, and no more when that is too late", () => {
    const { holding, publish } = settled({ conversation: WAITING }, heldUntil(NOON + DAY_MS));
    expect(publish).toEqual([]);
    const released = settled({ ...holding, conversation: OPEN });
    expect(released).toMatchObject({
      holding: {},
      publish: [{ name: "decision.released", detail: { customerId: "cus_1", decisionId: "dec_1" } }],
    });
    expect(settled({ ...released.holding, conversation: OPEN }).publish).toEqual([]);
    expect(settled({ ...holding, conversation: OPEN }, other, NOON + DAY_MS)).toEqual({
      holding: {},
      publish: [],
    });
  });

  it("is decided anew at once where the conversation is over before the word of the holding comes", () => {
    expect(settled({ conversation: OPEN }, heldUntil(NOON + DAY_MS)).publish).toHaveLength(1);
  });

  it("is told of once, whatever is told in which order and how often, and never more than fits", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 80 }), (numbers) => {
        let state: Omit<Holding, "customerId"> = { conversation: WAITING };
        for (const number of numbers) {
          const told = { decisionId: `dec_${number}`, categories: ["marketing"], until: iso(NOON + DAY_MS) };
          const event = heldEvent(told, { customerId: "cus_1", at: iso(NOON), depth: 0 });
          state = { conversation: WAITING, ...settled(state, event).holding };
        }
        const { publish } = settled({ ...state, conversation: OPEN });
        const ids = publish.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBe(Math.min(20, new Set(numbers).size));
      }),
    );
  });
});

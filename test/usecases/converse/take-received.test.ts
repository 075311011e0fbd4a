import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryConversationStore, noConversations } from "#adapters/memory/conversation-store.ts";
import { memoryReceivedMessages } from "#adapters/memory/received-messages.ts";
import { numberId } from "#domain/conversation/received-number.ts";
import { newRecord, newState } from "#domain/customer/state.ts";
import { USUAL_CONVERSATIONS } from "#domain/playbook/model/conversations.ts";
import type { CustomerState } from "#domain/records/customer.ts";
import type { HistoryItem } from "#domain/records/effects.ts";
import type { Message } from "#domain/records/message.ts";
import type { MessageReceived } from "#events/message-received.ts";
import { DAY_MS } from "#kernel/time.ts";
import { takeReceived } from "#usecases/converse/take-received.ts";
import { testPlaybook } from "../../support/playbook/files.ts";
import { message } from "../../support/sending/message.ts";

const START = Date.parse("2027-01-01T12:00:00.000Z");
const iso = (time: number): string => new Date(time).toISOString();
const { document } = await testPlaybook();

/** A hub's stores in memory, and what customers wrote in them. */
const desk = () => {
  const kept = noConversations();
  const facts = new Map<string, HistoryItem>();
  const states = new Map<string, CustomerState>();
  const messages = new Map<string, Message>();
  const numbers = new Map<string, number>();
  let now = START;
  const deps = {
    conversations: memoryConversationStore(kept),
    received: memoryReceivedMessages({ facts, states, ...kept, messages }),
    customers: { load: async (id: string) => newRecord(states.get(id) ?? newState(id, iso(START))) },
    playbook: async () => document,
    policy: async () => USUAL_CONVERSATIONS,
    timers: { set: async () => {} },
    clock: { now: () => now },
    pause: async () => {},
    telemetry: { log: { info: () => {}, warn: () => {}, error: () => {} }, count: () => {} },
  };
  const meet = (customerId: string, members: Partial<CustomerState> = {}): void => {
    states.set(customerId, { ...newState(customerId, iso(START)), ...members });
  };
  /** As apply-events leaves it. */
  const write = (customerId: string, text: string, properties = {}): MessageReceived => {
    if (!states.has(customerId)) meet(customerId);
    const number = (numbers.get(customerId) ?? 0) + 1;
    numbers.set(customerId, number);
    now += 1_000;
    const id = `evt_${customerId}_${number}`;
    const body = { name: "message.received", properties: { channel: "sms", text, ...properties } };
    facts.set(id, { id, kind: "event", customerId, at: iso(now), body });
    const pointer = numberId(customerId, number);
    facts.set(pointer, { id: pointer, kind: "number", customerId, at: iso(now), body: { messageId: id } });
    return { v: 1, customerId, number, messageId: id };
  };
  const send = (messageId: string, members: Partial<Message> = {}): void => {
    now += 1_000;
    const made = { messageId, channel: "sms", createdAt: iso(now), status: "sent", ...members } as const;
    messages.set(messageId, message({ content: { text: `text of ${messageId}` }, ...made }));
  };
  const threads = () => [...kept.threads.values()].map((thread) => thread.map(({ text }) => text));
  const forget = (customerId: string) => states.delete(customerId);
  return { ...deps, forget, kept, facts, meet, write, send, threads, pass: (ms: number) => (now += ms) };
};

describe("what a customer wrote", () => {
  it("joins one thread in its order, whatever order it is told of in, how often, and by how many at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }).chain((count) =>
          fc.shuffledSubarray(
            Array.from({ length: count * 5 }, (_, index) => index % count),
            { minLength: count * 5 },
          ),
        ),
        async (order) => {
          const hub = desk();
          const count = new Set(order).size;
          const hints = Array.from({ length: count }, (_, index) => hub.write("cus_kim", `m${index}`));
          const told = order.flatMap((index) => hints[index] ?? []);
          await Promise.all(told.map((hint) => takeReceived(hub, hint)));
          expect(hub.threads()).toEqual([Array.from({ length: count }, (_, index) => `m${index}`)]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("begins with the message that it answers: the one that it names, else the last on its channel", async () => {
    const hub = desk();
    hub.send("msg_cart", { customerId: "cus_kim", providerMessageId: "p-1" });
    hub.send("msg_later", { customerId: "cus_kim", action: "offer" });
    hub.send("msg_failed", { customerId: "cus_kim", status: "failed" });
    hub.send("msg_mail", { customerId: "cus_kim", channel: "email" });
    await takeReceived(hub, hub.write("cus_kim", "Yes"));
    await takeReceived(hub, hub.write("cus_other", "Yes", { inReplyTo: "p-1" }));
    expect(hub.threads()).toEqual([["text of msg_later", "Yes"], ["Yes"]]);
    const named = desk();
    named.send("msg_cart", { customerId: "cus_kim", providerMessageId: "p-1" });
    named.send("msg_later", { customerId: "cus_kim" });
    await takeReceived(named, named.write("cus_kim", "Yes", { inReplyTo: "p-1" }));
    expect(named.threads()).toEqual([["text of msg_cart", "Yes"]]);
  });

  it("has answers that were decided in between before what comes next, once", async () => {
    const hub = desk();
    await takeReceived(hub, hub.write("cus_kim", "When are you open?"));
    hub.send("msg_hours", { customerId: "cus_kim", action: "opening-hours" });
    await takeReceived(hub, hub.write("cus_kim", "Thanks"));
    await takeReceived(hub, hub.write("cus_kim", "One more"));
    expect(hub.threads()).toEqual([["When are you open?", "text of msg_hours", "Thanks", "One more"]]);
  });

  it("has what we sent while it was on its way once, and what comes after it is taken all the same", async () => {
    const hub = desk();
    await takeReceived(hub, hub.write("cus_kim", "When are you open?"));
    const slow = hub.write("cus_kim", "Hello?");
    hub.send("msg_hours", { customerId: "cus_kim", action: "opening-hours" });
    await takeReceived(hub, slow);
    await takeReceived(hub, hub.write("cus_kim", "Thanks"));
    const [thread = []] = hub.threads();
    expect(thread.toSorted()).toEqual(["Hello?", "Thanks", "When are you open?", "text of msg_hours"]);
  });

  it("is taken although one before it is not in history yet, which joins when it is told of", async () => {
    const hub = desk();
    const first = hub.write("cus_kim", "one");
    const second = hub.write("cus_kim", "two");
    const fact = hub.facts.get(first.messageId);
    hub.facts.delete(first.messageId);
    await takeReceived(hub, second);
    expect(hub.threads()).toEqual([["two"]]);
    if (fact !== undefined) hub.facts.set(first.messageId, fact);
    await takeReceived(hub, first);
    await takeReceived(hub, first);
    expect(hub.threads()).toEqual([["two", "one"]]);
  });

  it("is taken when there is much of it: 200 messages that nobody told of but the last", async () => {
    const hub = desk();
    const hints = Array.from({ length: 200 }, (_, index) => hub.write("cus_kim", `m${index}`));
    const last = hints.at(-1);
    if (last !== undefined) await takeReceived(hub, last);
    expect(hub.threads()).toEqual([Array.from({ length: 200 }, (_, index) => `m${index}`)]);
  });

  it("joins the conversation of whom the writer has become, and two that were open become one", async () => {
    const hub = desk();
    await takeReceived(hub, hub.write("cus_visitor", "by chat", { channel: "chat" }));
    await takeReceived(hub, hub.write("cus_kim", "by text"));
    const late = hub.write("cus_visitor", "late");
    hub.meet("cus_visitor", { mergedInto: "cus_kim" });
    hub.meet("cus_kim", { absorbed: ["cus_visitor"] });
    await takeReceived(hub, late);
    await takeReceived(hub, hub.write("cus_kim", "again"));
    const heads = [...hub.kept.heads.values()];
    expect(heads.map(({ state }) => state).toSorted()).toEqual(["closed", "open"]);
    const open = heads.find(({ state }) => state === "open");
    expect(hub.kept.threads.get(open?.conversationId ?? "")?.map(({ text }) => text)).toEqual([
      "by text",
      "",
      "late",
      "again",
    ]);
    expect(hub.kept.streams.get("cus_kim")?.current).toBe(open?.conversationId);
  });

  it("of somebody who was erased is nobody's any more", async () => {
    const hub = desk();
    const hint = hub.write("cus_kim", "hello");
    hub.forget("cus_kim");
    await takeReceived(hub, hint);
    expect(hub.threads()).toEqual([]);
  });

  it("is come for again where it is not in history yet", async () => {
    const hub = desk();
    const hint = hub.write("cus_kim", "hello");
    hub.facts.delete(hint.messageId);
    await expect(takeReceived(hub, hint)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("goes on within the time to open again, and begins anew afterwards", async () => {
    const hub = desk();
    await takeReceived(hub, hub.write("cus_kim", "one"));
    const [head] = hub.kept.heads.values();
    if (head === undefined) throw new Error("no conversation");
    const closed = { ...head, version: 2, state: "closed", closedAt: iso(hub.clock.now()) } as const;
    await hub.conversations.save({ threads: [{ head: closed, messages: [] }] });
    hub.pass(2 * DAY_MS);
    await takeReceived(hub, hub.write("cus_kim", "two"));
    expect(hub.threads()).toEqual([["one", "two"]]);
    const again = { ...closed, version: 4, closedAt: iso(hub.clock.now()) };
    await hub.conversations.save({ threads: [{ head: again, messages: [] }] });
    hub.pass(4 * DAY_MS);
    await takeReceived(hub, hub.write("cus_kim", "three"));
    expect(hub.threads()).toEqual([["one", "two"], ["three"]]);
  });
});

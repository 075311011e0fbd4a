import { describe, expect, it } from "vitest";
import { memoryMessageStore } from "#adapters/memory/message-store.ts";
import { memoryOriginals } from "#adapters/memory/originals.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { Message } from "#domain/records/message.ts";
import { RapportError } from "#kernel/errors.ts";
import { receiveMessages } from "#usecases/receive/receive-messages.ts";
import { testPlaybook } from "../../support/playbook/files.ts";
import { message } from "../../support/sending/message.ts";

const { document } = await testPlaybook();
const silent = { info: () => {}, warn: () => {}, error: () => {} };

const received = () => {
  const kept = new Map<string, string>();
  const sent: CollectedEvent[] = [];
  const counted: unknown[] = [];
  const said: unknown[][] = [];
  const messages = new Map<string, Message>();
  const deps = {
    originals: memoryOriginals(kept),
    suppressions: { say: async (...args: unknown[]) => void said.push(args), add: async () => {} },
    messages: memoryMessageStore(messages),
    customers: { putConsent: async (...args: unknown[]) => void said.push(args) },
    inbox: { send: async (events: readonly CollectedEvent[]) => void sent.push(...events) },
    playbooks: { current: async () => document },
    clock: { now: () => Date.parse("2027-01-01T12:00:00Z") },
    telemetry: { log: silent, count: (...args: unknown[]) => void counted.push(args) },
  };
  return { kept, sent, counted, said, messages, deps };
};
const WRITTEN = { channel: "sms", from: "+4915112345678", to: "+15550100", text: "Hi" } as const;
const delivered = (...ids: readonly string[]) => ({
  way: { provider: "carrier", account: "de" },
  payload: JSON.stringify(ids),
  readings: { messages: ids.map((providerMessageId) => ({ ...WRITTEN, providerMessageId })) },
});

describe("what a provider brings of what customers write", () => {
  it("is kept as it came, and each message leads to it", async () => {
    const { deps, kept, sent, counted } = received();
    await receiveMessages(deps, delivered("in-1", "in-2"));
    const [[key, original] = ["", ""]] = [...kept];
    expect(original).toBe('["in-1","in-2"]');
    expect(sent.map(({ properties }) => properties?.original)).toEqual([key, key]);
    expect(key).toMatch(/^carrier\/de\/raw_/);
    expect(counted).toEqual([["MessagesReceived", 2, { channel: "sms" }]]);
  });

  it("changes nothing when it is brought again: the same original, the same events", async () => {
    const { deps, kept, sent } = received();
    await receiveMessages(deps, delivered("in-1"));
    await receiveMessages(deps, delivered("in-1"));
    expect(kept.size).toBe(1);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  });

  it("is not told to be taken while the original is not kept: whoever brought it comes again", async () => {
    const { deps, sent } = received();
    const down = new RapportError("unavailable", "no");
    const originals = { keep: async () => Promise.reject(down) };
    await expect(receiveMessages({ ...deps, originals }, delivered("in-1"))).rejects.toBe(down);
    expect(sent).toEqual([]);
  });

  it("holds a stop at the address before anything else hears of it, and a start takes it back", async () => {
    const { deps, said } = received();
    const words = ["STOP", "HELP", "please stop texting me", "start", "Hello"];
    const messages = words.map((text) => ({
      ...WRITTEN,
      text,
      from: "tel:+49 1511 2345678",
      providerMessageId: text,
    }));
    await receiveMessages(deps, { ...delivered(), readings: { messages } });
    expect(
      said.map(([channel, address, word]) => [channel, address, (word as { status: string }).status]),
    ).toEqual([
      ["sms", "+4915112345678", "withdrawn"],
      ["sms", "+4915112345678", "withdrawn"],
      ["sms", "+4915112345678", "granted"],
    ]);
  });

  it("keeps for people what nobody reads, and tells nobody", async () => {
    const { deps, kept, sent } = received();
    await receiveMessages(deps, { ...delivered("in-1"), readings: null });
    expect([kept.size, sent]).toEqual([1, []]);
  });

  it("keeps nothing of a payload in which nobody wrote anything", async () => {
    const { deps, kept } = received();
    await receiveMessages(deps, delivered());
    expect(kept.size).toBe(0);
  });

  it("tells what became of messages of ours, in its order, and what nobody reads is kept for people", async () => {
    const { deps, kept, sent, counted, messages } = received();
    messages.set("msg_1", message({ messageId: "msg_1", status: "sent" }));
    const at = "2027-01-01T11:30:00.000Z";
    const told = { messageId: "msg_1", providerMessageId: "p-1", at };
    const reports = [
      { ...told, fact: { kind: "delivered" } },
      { ...told, fact: { kind: "opened", userAgent: "WhatsApp" } },
      { ...told, messageId: "msg_of_others", fact: { kind: "delivered" } },
    ] as const;
    const way = { provider: "carrier", account: "de" };
    await receiveMessages(deps, { way, payload: "{}", readings: { messages: [], reports, unread: 2 } });
    expect(messages.get("msg_1")).toMatchObject({ status: "delivered" });
    expect(sent.map(({ name, properties }) => [name, properties?.machine])).toEqual([
      ["message.delivered", undefined],
      ["message.opened", false],
    ]);
    expect([...kept.values()]).toEqual(["{}"]);
    expect(counted).toContainEqual(["PayloadsUnread", 2, "carrier"]);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { RENDERS } from "#channels/all.renders.ts";
import { readFolder } from "#cli/folder.ts";
import { compilePlaybook } from "#domain/playbook/compile/compile.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { rehearsalStores } from "#runtime/rehearsal/stores.ts";
import { answerReceived } from "#usecases/converse/answer-received.ts";
import { createStage } from "#usecases/rehearse/stage.ts";
import { PROJECT_ROOT } from "../../support/project/root.ts";
import { DIALOGUES } from "./dialogues.ts";

/** A Monday, while people work in the example's shop. */
const MONDAY = Date.parse("2027-01-04T09:00:00.000Z");
const SUNDAY = Date.parse("2027-01-03T09:00:00.000Z");
const PHONE = "+12025550199";

let playbook: CompiledPlaybook;
beforeAll(async () => {
  const files = readFolder(`${PROJECT_ROOT}playbooks/retail`);
  const { document } = await parsePlaybook(files, async (html) => ({ html, problems: [] }));
  if (document === null) throw new Error("the playbook is wrong");
  playbook = compilePlaybook("pb_test", document);
});

/** A hub in memory with one customer, who has two orders. */
const desk = async (start = MONDAY) => {
  const dataKey = new TextEncoder().encode("test".padEnd(32));
  const stage = createStage({ stores: rehearsalStores, renders: RENDERS, dataKey }, playbook, start);
  let count = 0;
  const event = (
    name: string,
    properties: NonNullable<CollectedEvent["properties"]>,
    more = {},
  ): CollectedEvent => {
    count += 1;
    const at = new Date(stage.deps.clock.now() - 10_000 + count).toISOString();
    return {
      id: `evt_${count}`,
      type: "track",
      name,
      identifiers: [{ type: "phone", value: PHONE }],
      properties,
      at,
      receivedAt: at,
      source: "test",
      imported: false,
      depth: 0,
      standing: "trusted",
      ...more,
    };
  };
  const order = (order_id: string) => event("Order Completed", { order_id, total: 20, currency: "EUR" });
  await stage.tell([event("identify", {}, { type: "identify", traits: { phone: PHONE } })]);
  await stage.tell([order("B-2"), order("A-17")]);
  const write = async (text: string, properties = {}) => {
    await stage.tell([event("message.received", { channel: "sms", from: PHONE, text, ...properties })]);
  };
  const thread = async () => {
    const record = await stage.deps.customers.find(`phone:${PHONE}`);
    if (record === null) throw new Error("there is no customer");
    const { items } = await stage.deps.conversations.ofCustomers([record.state.customerId], { limit: 10 });
    const [head] = items;
    if (head === undefined) throw new Error("there is no conversation");
    return { head, messages: await stage.deps.conversations.messages(head.conversationId, { limit: 100 }) };
  };
  const answers = () => stage.notes.decisions.filter(({ trigger }) => trigger?.startsWith("answer."));
  const said = () => stage.notes.messages.flatMap(({ texts }) => Object.values(texts));
  return { ...stage, write, thread, answers, said };
};

/** What came of the last message: a rule's name, why people go on, or silence. */
const cameOf = async (hub: Awaited<ReturnType<typeof desk>>): Promise<string> => {
  const { messages } = await hub.thread();
  const since = messages.slice(messages.findLastIndex(({ direction }) => direction === "in") + 1);
  const handed = since.find(({ activity }) => activity?.kind === "handed-over");
  if (handed !== undefined) return handed.activity?.what ?? "";
  if (since.length === 0) return "silence";
  return hub.answers().at(-1)?.trigger?.slice("answer.".length) ?? "";
};

describe("a dialogue", () => {
  it.each(DIALOGUES)("in which a customer $name goes as it was recorded", async ({ turns }) => {
    const hub = await desk();
    for (const [written, comes] of turns) {
      await hub.write(written);
      expect(await cameOf(hub), written).toBe(comes);
    }
    // Whatever was written: no number of a phone is ever told.
    expect(hub.said().join()).not.toContain(PHONE);
  });
});

describe("an automatic answer", () => {
  it("is not made by a bot that was thinking when an agent answered, claimed or closed", async () => {
    const hub = await desk();
    await hub.write("hello");
    const { head } = await hub.thread();
    const { conversations } = hub.deps;
    const stale = { ...head, lastTurn: head.lastTurn };
    const taken = { ...head, version: head.version + 1, handler: "person" as const, assignee: "Ana" };
    expect(await conversations.save({ threads: [{ head: taken, messages: [] }] })).toBe("saved");
    const before = hub.answers().length;
    const asked = {
      seq: head.lastSeq + 1,
      messageId: "evt_late",
      direction: "in" as const,
      channel: "sms",
      author: { type: "customer" as const },
      text: "menu",
      attachments: [],
      at: new Date(MONDAY).toISOString(),
    };
    const thinking = { ...stale, waitingSince: asked.at, lastTurn: asked.seq };
    await answerReceived(hub.deps, {
      conversationId: head.conversationId,
      thread: { head: thinking, messages: [asked] },
    });
    expect(hub.answers()).toHaveLength(before);
    expect((await hub.thread()).head).toMatchObject({ handler: "person", assignee: "Ana" });
  });

  it("is made once, however often it is told of", async () => {
    const hub = await desk();
    await hub.write("hello");
    const { head } = await hub.thread();
    for (let again = 0; again < 3; again += 1)
      await answerReceived(hub.deps, { conversationId: head.conversationId });
    await hub.settle();
    expect(hub.answers()).toHaveLength(1);
    expect(hub.said().filter((text) => text.startsWith("Hello from"))).toHaveLength(1);
  });

  it("tells nothing to somebody who may be another, and nothing to a machine", async () => {
    const hub = await desk();
    await hub.write("order A-17", { isDoubted: true });
    expect(await cameOf(hub)).toBe("doubted");
    expect(hub.said().join()).not.toContain("A-17");
    const other = await desk();
    await other.write("order A-17", { isAutomatic: true });
    expect(other.answers()).toEqual([]);
  });

  it("says when people are back, while nobody works", async () => {
    const hub = await desk(SUNDAY);
    await hub.write("I want to talk to a real person");
    expect(hub.said().at(-1)).toMatch(/We are back on Monday at 09:00/);
    const open = await desk();
    await open.write("I want to talk to a real person");
    expect(open.said().at(-1)).toMatch(/answers here/);
  });
});

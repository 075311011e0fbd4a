import { describe, expect, it } from "vitest";
import { memoryConversationStore } from "#adapters/memory/conversation-store.ts";
import { memoryMessageReader } from "#adapters/memory/message-store.ts";
import { memoryOriginals } from "#adapters/memory/originals.ts";
import type { Thread } from "#domain/conversation/thread.ts";
import type { ConversationPolicy } from "#domain/playbook/model/conversations.ts";
import type { ConversationHead } from "#domain/records/conversation.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { conversationCalls } from "#functions/converse/api/conversations.ts";
import { operations } from "#functions/converse/api/operations.ts";
import { RapportError } from "#kernel/errors.ts";
import { received, threadAfter, written } from "../../domain/conversation/people.ts";
import { memoryDeciding } from "../../support/decisions/deciding.ts";
import { action, address, customer, NOON, playbookOf } from "../../support/decisions/decision.ts";
import { errorOf } from "../../support/handlers/errors.ts";
import { callerOf } from "../../support/handlers/requests.ts";

type Deed = "assign" | "claim" | "close" | "notes" | "release" | "reopen" | "snooze" | "tags";

const playbook = playbookOf({
  actions: [
    action("sorry", {
      category: "transactional",
      treatments: [{ name: "sorry", channel: "sms", template: "sorry", weight: 1 }],
    }),
  ],
  answers: [
    {
      name: "tomorrow",
      title: "Tomorrow",
      topics: [],
      words: { en: "It comes tomorrow. {{ agent.name }}" },
      file: "answers/tomorrow.yaml",
    },
  ],
  templates: { "sorry/sms": { en: { text: "We are sorry, {{ customer.firstName }}." } } },
});
const KIM: CustomerRecord = customer({
  addresses: [address("sms", "+4915112345678"), address("email", "kim@example.com")],
});

const desk = async (record = KIM, policy: ConversationPolicy = { reopenWithinMs: 1_000 }) => {
  const world = memoryDeciding(playbook, NOON);
  world.add(record);
  const kept = world.conversing;
  const conversations = memoryConversationStore(kept);
  const { customerId } = record.state;
  const setting = { policy, now: NOON };
  const save = async ({ head, messages }: Thread): Promise<ConversationHead> => {
    const next = { ...head, version: head.version + 1 };
    expect(await conversations.save({ threads: [{ head: next, messages }] })).toBe("saved");
    return next;
  };
  let head = await save(threadAfter(null, { ...received(written("Where is it?", 0)), customerId }, setting));
  const hear = async (text: string): Promise<void> => {
    const current = await conversations.get(head.conversationId);
    head = await save(threadAfter(current, { ...received(written(text, 1)), customerId }, setting));
  };
  const call = callerOf(
    operations,
    conversationCalls({
      ...world.dependencies,
      conversations,
      policy: async () => policy,
      messages: memoryMessageReader(world.messages),
      originals: memoryOriginals(),
    }),
  );
  const id = head.conversationId;
  const act = (what: Deed, body?: unknown, agent = "Ana") =>
    call(`POST /v1/conversations/{id}/${what}`, {
      params: { id },
      headers: { "x-rapport-agent": agent },
      ...(body === undefined ? {} : { body }),
    });
  const reply = (body: unknown, key?: string, agent = "Ana") =>
    call("POST /v1/conversations/{id}/replies", {
      params: { id },
      body,
      headers: { "x-rapport-agent": agent, ...(key === undefined ? {} : { "idempotency-key": key }) },
    });
  const show = async () => Object((await call("GET /v1/conversations/{id}", { params: { id } })).json);
  return { world, kept, call, act, reply, show, hear, id };
};

describe("an answer of an agent", () => {
  it("joins the thread and leaves by the channel that the customer wrote on, as a decision", async () => {
    const { world, reply, show } = await desk();
    const answer = await reply({ text: "Tomorrow {{ not Liquid }} {% nor this %}", ifLastSeq: 1 });
    expect(answer).toMatchObject({ status: 202, json: { channel: "sms", status: "requested" } });
    const { messages, state, assignee, unread } = await show();
    expect({ state, assignee, unread }).toEqual({ state: "waiting", assignee: "Ana", unread: 0 });
    expect(messages).toMatchObject([
      { seq: 1, direction: "in", status: "received" },
      {
        seq: 2,
        direction: "out",
        author: { type: "agent", name: "Ana" },
        text: "Tomorrow {{ not Liquid }} {% nor this %}",
        status: "requested",
      },
    ]);
    const [message] = world.messages.values();
    expect(message).toMatchObject({ lane: "transactional", category: "transactional" });
    expect(message?.conversationId).toBe((await show()).conversationId);
    expect(await world.dependencies.decisions.get(message?.decisionId ?? "")).toMatchObject({
      placement: "api.messages",
    });
    expect(world.inboxed).toMatchObject([
      { name: "conversation.changed", properties: { open: true, handler: "person" } },
    ]);
  });

  it("leaves once, however often it is asked for, also after the customer wrote again", async () => {
    const { world, reply, hear, show } = await desk();
    const first = await reply({ text: "Tomorrow", ifLastSeq: 1 }, "draft-1");
    await hear("Hello?");
    expect(await reply({ text: "Tomorrow", ifLastSeq: 1 }, "draft-1")).toEqual(first);
    const together = await Promise.all([1, 2, 3].map(() => reply({ text: "At nine" }, "draft-2")));
    expect(new Set(together.map(({ json }) => JSON.stringify(json))).size).toBe(1);
    expect(world.messages.size).toBe(2);
    expect((await show()).lastSeq).toBe(4);
    expect((await errorOf(reply({ text: "Never" }, "draft-2"))).code).toBe("idempotency_conflict");
  });

  it("is not said to a customer who wrote meanwhile, nor after a colleague's; what came is told", async () => {
    const { world, reply, hear } = await desk();
    await hear("Forget it");
    const error = await errorOf(reply({ text: "Tomorrow", ifLastSeq: 1 }));
    expect(error).toMatchObject({
      code: "conversation_moved",
      status: 409,
      extra: { lastSeq: 2, messages: [{ seq: 2, text: "Forget it" }] },
    });
    const both = await Promise.allSettled([
      reply({ text: "One", ifLastSeq: 2 }, "a", "Ana"),
      reply({ text: "Two", ifLastSeq: 2 }, "b", "Ben"),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(world.messages.size).toBe(1);
  });

  it("says why each channel is closed where none is open, and changes nothing", async () => {
    const gone = customer({ addresses: [{ ...address("sms", "+4915112345678"), status: "bounced" }] });
    const { world, reply, show } = await desk(gone);
    const error = await errorOf(reply({ text: "Tomorrow" }));
    expect(error).toMatchObject({ code: "channel_closed", status: 422 });
    expect(error.extra.channels).toEqual(
      expect.arrayContaining([
        { channel: "sms", reason: "suppressed" },
        { channel: "email", reason: "no-address" },
      ]),
    );
    expect((await errorOf(reply({ text: "x", channel: "fax" }))).code).toBe("channel_closed");
    expect(world.messages.size).toBe(0);
    expect((await show()).lastSeq).toBe(1);
  });

  it("stands in the thread only with its decision: what could not be recorded was not said", async () => {
    const { world, reply, show } = await desk();
    const { decisions } = world.dependencies;
    const { commit } = decisions;
    const fail: typeof commit = async () => {
      throw new RapportError("unavailable", "the table does not answer");
    };
    Object.assign(decisions, { commit: fail });
    expect((await errorOf(reply({ text: "Tomorrow" }, "draft-1"))).code).toBe("unavailable");
    expect((await show()).lastSeq).toBe(1);
    Object.assign(decisions, { commit });
    await reply({ text: "Tomorrow" }, "draft-1");
    expect((await show()).lastSeq).toBe(2);
  });

  it("goes elsewhere where its author wants, with what a mail needs", async () => {
    const { world, reply } = await desk();
    await reply({ text: "By mail", channel: "email" });
    const [message] = world.messages.values();
    expect(message).toMatchObject({ channel: "email", content: { text: "By mail" } });
    expect(message?.content?.subject).toMatch(/./);
  });

  it("may be a treatment, whose words stand in the thread; an offer may not answer", async () => {
    const { reply, show } = await desk();
    await reply({ treatment: "sorry" });
    expect((await show()).messages[1].text).toMatch(/^We are sorry/);
    expect((await errorOf(reply({ treatment: "nothing" }))).code).toBe("invalid_request");
    expect((await errorOf(reply({ text: "x", treatment: "sorry" }))).code).toBe("invalid_request");
    expect((await errorOf(reply({}))).code).toBe("invalid_request");
  });
});

describe("a conversation", () => {
  it("is had by one of fifty who take it at once; the others learn who", async () => {
    const { act } = await desk();
    const agents = Array.from({ length: 50 }, (_, index) => `agent ${index}`);
    const results = await Promise.allSettled(agents.map((agent) => act("claim", {}, agent)));
    const [winner] = results.filter((one) => one.status === "fulfilled");
    const { assignee } = Object(winner?.value.json);
    const lost = results.filter((one) => one.status === "rejected");
    expect(lost).toHaveLength(49);
    for (const { reason } of lost)
      expect(reason).toMatchObject({ code: "claimed", status: 409, extra: { assignee } });
  });

  it("is taken, given away, given back, noted, tagged, put to sleep, closed and opened again", async () => {
    const { act, show, world } = await desk();
    expect(await act("claim")).toMatchObject({ status: 200, json: { assignee: "Ana", handler: "person" } });
    expect(await act("assign", { assignee: "Ben", team: "returns" })).toMatchObject({
      json: { assignee: "Ben", team: "returns" },
    });
    expect((await errorOf(act("release"))).code).toBe("claimed");
    expect(await act("release", undefined, "Ben")).toMatchObject({
      json: { assignee: null, handler: "queue" },
    });
    await act("notes", { text: "VIP" });
    expect(await act("tags", { add: ["late"] })).toMatchObject({ json: { tags: ["late"] } });
    const until = new Date(NOON + 3_600_000).toISOString();
    expect(await act("snooze", { until })).toMatchObject({ json: { state: "snoozed", snoozedUntil: until } });
    expect((await errorOf(act("snooze", { until: "2020-01-01T00:00:00Z" }))).code).toBe("invalid_request");
    expect(await act("close")).toMatchObject({ json: { state: "closed", waitingSince: null } });
    expect(await act("reopen")).toMatchObject({ json: { state: "open", closedAt: null } });
    const { messages } = await show();
    expect(messages.map(({ text }: { text: string }) => text)).toEqual([
      "Where is it?",
      "Ana took it",
      "Ana gave it to Ben",
      "Ben gave it back",
      "VIP",
      `Ana put it to sleep until ${until}`,
      "Ana closed it",
      "Ana opened it again",
    ]);
    expect(world.inboxed.at(-1)).toMatchObject({ properties: { open: true } });
  });

  it("is begun once with a customer, known or not, and is the open one where there is one", async () => {
    const { call, kept } = await desk();
    const begin = (body: unknown) => call("POST /v1/conversations", { body });
    const all = await Promise.all(
      [1, 2, 3].map(() => begin({ to: "email:lee@example.com", topic: "return" })),
    );
    expect(all.map(({ status }) => status).toSorted()).toEqual([200, 200, 201]);
    expect(new Set(all.map(({ json }) => Object(json).conversationId)).size).toBe(1);
    const said = await begin({ to: "email:max@example.com", text: "Your parcel is here" });
    expect(said).toMatchObject({ status: 201, json: { state: "waiting", lastSeq: 1 } });
    expect((await errorOf(begin({ to: "anonymousId:nobody-reaches-me", text: "Hello" }))).code).toBe(
      "channel_closed",
    );
    expect(kept.heads.size).toBe(3);
  });

  it("is listed by state, assignee and team, and with its messages after a place", async () => {
    const { call, act, id } = await desk();
    await act("claim");
    const listed = async (query: Record<string, string>) =>
      Object((await call("GET /v1/conversations", { query })).json).items.length;
    expect(await listed({})).toBe(1);
    expect(await listed({ state: "open", assignee: "Ana" })).toBe(1);
    expect(await listed({ assignee: "Ben" })).toBe(0);
    expect(await listed({ state: "closed" })).toBe(0);
    expect(await listed({ channel: "sms", sort: "newest" })).toBe(1);
    const after = await call("GET /v1/conversations/{id}/messages", {
      params: { id },
      query: { after: "1" },
    });
    expect(after.json).toMatchObject({ items: [{ seq: 2 }], cursor: null });
    const page = { params: { id }, query: { after: "0", limit: "1" } };
    expect((await call("GET /v1/conversations/{id}/messages", page)).json).toMatchObject({
      items: [{ seq: 1 }],
      cursor: "1",
    });
    const none = { params: { id: "cnv_none" } };
    expect((await errorOf(call("GET /v1/conversations/{id}", none))).code).toBe("not_found");
    expect((await errorOf(call("GET /v1/conversations/{id}/messages", none))).code).toBe("not_found");
  });
});

describe("canned answers", () => {
  it("come filled in, by the name of whoever asks or as they call themselves; to nobody in particular", async () => {
    const { call, id } = await desk();
    const ask = (query: Record<string, string>, params = { id }) =>
      call("GET /v1/conversations/{id}/answers", { params, query, headers: { "x-rapport-agent": "Ana" } });
    const one = { name: "tomorrow", title: "Tomorrow", language: "en", gaps: 0 };
    expect((await ask({})).json).toEqual({
      items: [{ ...one, text: "It comes tomorrow. Ana" }],
      cursor: null,
    });
    expect((await ask({ as: "Your Ana" })).json).toMatchObject({
      items: [{ text: "It comes tomorrow. Your Ana" }],
    });
    expect((await errorOf(ask({}, { id: "cnv_none" }))).code).toBe("not_found");
  });
});

describe("the report on service", () => {
  const ask = async (query: Record<string, string>) => {
    const { call } = await desk();
    return call("GET /v1/reports/service", { query });
  };

  it("has a row for each team, of the last seven days where nobody says which", async () => {
    expect((await ask({})).json).toMatchObject({
      items: [{ key: "none", opened: 1, closed: 0, backlog: 1 }],
      cursor: null,
      by: "team",
      isPartial: false,
    });
  });

  it("refuses days that end before they begin, more than a year, and rows for nothing that it knows", async () => {
    for (const query of [
      { from: "2026-12-02", to: "2026-12-01" },
      { from: "2020-01-01", to: "2026-12-01" },
      { by: "mood" },
      { from: "yesterday" },
    ])
      expect((await errorOf(ask(query))).code).toBe("invalid_request");
  });
});

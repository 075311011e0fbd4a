import { describe, expect, it } from "vitest";
import { messageCalls } from "#functions/send/api/messages.ts";
import { MessageAccepted, MessageAnswer, operations } from "#functions/send/api/operations.ts";
import { RapportError } from "#kernel/errors.ts";
import { memoryDeciding } from "../../support/decisions/deciding.ts";
import {
  action,
  address,
  consent,
  customer,
  HOUR,
  iso,
  NOON,
  playbookOf,
} from "../../support/decisions/decision.ts";
import { errorOf } from "../../support/handlers/errors.ts";
import { callerOf } from "../../support/handlers/requests.ts";

const playbook = playbookOf({
  actions: [
    action("receipt", { category: "transactional" }),
    action("news", {
      treatments: [
        { name: "news", channel: "email", template: "news", weight: 1 },
        { name: "news", channel: "sms", template: "news", weight: 1 },
      ],
    }),
  ],
  templates: { "code/sms": { en: { text: "{{ data.code }}" } } },
  contactPolicy: {
    quietHours: [{ from: "21:00", to: "08:00", channels: [], categories: [] }],
    caps: [{ name: "one a day", max: 1, windowMs: 24 * HOUR, channels: [], categories: [], actions: [] }],
  },
});
const content = { subject: "Hello", text: "Hi {{ customer.firstName }}" };

const hub = (start = NOON, known = playbook) => {
  const world = memoryDeciding(known, start);
  const call = callerOf(operations, messageCalls(world.dependencies));
  const send = async (body: unknown, key?: string, secretKey = "key-1") => {
    const headers: Record<string, string> = key === undefined ? {} : { "idempotency-key": key };
    const answer = await call("POST /v1/messages", { body, headers, key: secretKey });
    expect(answer.status).toBe(202);
    return MessageAccepted.parse(answer.json);
  };
  const show = async (id: string) => (await call("GET /v1/messages/{id}", { params: { id } })).json;
  return { world, call, send, show };
};
const order = { to: "email:ada@example.com", category: "transactional", content };

describe("asking for a message", () => {
  it("makes the customer, decides, and asks the sender", async () => {
    const { world, send, show } = hub();
    const answer = await send({ ...order, to: "email: ADA@Example.com" });
    expect(answer).toMatchObject({ status: "requested", reasons: [] });
    const message = world.messages.get(answer.messageId);
    expect(message).toMatchObject({
      channel: "email",
      category: "transactional",
      lane: "transactional",
      content,
      to: "ada@example.com",
      decisionId: answer.decisionId,
      conversationId: answer.conversationId,
    });
    expect(message?.action).toBeUndefined();
    const record = await world.dependencies.customers.find("email:ada@example.com");
    expect(record?.state).toMatchObject({
      customerId: message?.customerId,
      version: 1,
      addresses: [{ channel: "email", value: "ada@example.com", status: "active" }],
    });
    expect(world.published).toMatchObject([
      { detail: { messageId: answer.messageId, lane: "transactional" } },
    ]);
    const decision = await world.dependencies.decisions.get(answer.decisionId);
    expect(decision).toMatchObject({ placement: "api.messages", checks: ["address", "suppression"] });
    expect(MessageAnswer.parse(await show(answer.messageId))).toEqual({
      messageId: answer.messageId,
      customerId: message?.customerId,
      decisionId: answer.decisionId,
      channel: "email",
      category: "transactional",
      status: "requested",
      history: [{ status: "requested", at: iso(NOON) }],
    });
  });

  it("keeps to one customer when asked twice for a new one", async () => {
    const { world, send } = hub();
    const [one, other] = await Promise.all([send(order), send(order)]);
    const customers = [one, other].map(({ messageId }) => world.messages.get(messageId)?.customerId);
    expect(customers[0]).toBe(customers[1]);
  });

  it("takes a treatment of an action, on the channel that suits", async () => {
    const { world, send } = hub();
    world.add(customer());
    const answer = await send({ to: "cus_1", category: "marketing", treatment: "news", data: { code: 7 } });
    expect(world.messages.get(answer.messageId)).toMatchObject({
      action: "news",
      treatment: "news",
      channel: "email",
      data: { code: 7 },
    });
  });

  it("takes a template that no action uses", async () => {
    const { world, send } = hub();
    world.add(customer({ addresses: [address("sms", "+491701234567")] }));
    const answer = await send({ to: "cus_1", category: "transactional", treatment: "code" });
    expect(world.messages.get(answer.messageId)).toMatchObject({ channel: "sms", treatment: "code" });
  });

  it("is rejected, with a record and a message that says so, where policy forbids it", async () => {
    const { world, send, show } = hub();
    const answer = await send({ ...order, category: "marketing" });
    expect(answer).toMatchObject({ status: "rejected", reasons: ["consent"] });
    expect(await show(answer.messageId)).toMatchObject({
      status: "rejected",
      history: [{ status: "rejected", reason: "consent" }],
    });
    expect(await world.dependencies.decisions.get(answer.decisionId)).toMatchObject({
      actions: [],
      rejected: [{ action: "message", stage: "policy", reason: "consent" }],
    });
    expect(world.published).toEqual([]);
  });

  it("is in the decision log once, without what it says or where it goes", async () => {
    const { world, send } = hub();
    const body = { ...order, data: { code: "424242" } };
    const { decisionId } = await send(body, "k1");
    expect(world.logged).toMatchObject([
      {
        decisionId,
        request: { mode: "message", order: { category: "transactional", contentOn: "email" } },
        state: { addresses: [{ channel: "email", status: "active" }] },
        decision: { placement: "api.messages", actions: [{ action: "message" }] },
      },
    ]);
    const text = JSON.stringify(world.logged);
    for (const secret of ["424242", "ada@", content.subject]) expect(text).not.toContain(secret);
    const customerId = world.logged[0]?.customerId ?? "";
    expect((await world.dependencies.customers.find(customerId))?.dataKey).toHaveLength(32);
  });

  it("is logged when policy forbids it, too", async () => {
    const { world, send } = hub();
    await send({ ...order, category: "marketing" });
    expect(world.logged).toMatchObject([{ decision: { actions: [], rejected: [{ reason: "consent" }] } }]);
  });

  it("leaves although the log takes nothing", async () => {
    const { world } = hub();
    const log = { write: () => Promise.reject(new RapportError("unavailable", "no log")) };
    const call = callerOf(operations, messageCalls({ ...world.dependencies, log }));
    const answer = await call("POST /v1/messages", { body: order });
    expect(answer.status).toBe(202);
    expect(world.published).toHaveLength(1);
  });

  it("counts against caps like any other contact", async () => {
    const { world, send } = hub();
    world.add(customer());
    const marketing = { to: "cus_1", category: "marketing", content };
    expect((await send(marketing)).status).toBe("requested");
    expect(await send(marketing)).toMatchObject({ status: "rejected", reasons: ["cap"] });
    expect((await send({ ...order, to: "cus_1" })).status).toBe("requested");
  });

  it("leaves whatever a message costs and must be worth: whoever asks for it weighed that", async () => {
    const { brand, actions, templates } = playbook.document;
    const dear = playbookOf({
      actions,
      templates,
      brand: { ...brand, costs: { email: 5, sms: 0.08 } },
      contactPolicy: { interruptions: [{ minimum: 50, channels: [], categories: [] }] },
    });
    const { world, send } = hub(NOON, dear);
    const addresses = [address("email", "ada@example.com"), address("sms", "+491701234567")];
    world.add(customer({ addresses, consents: [consent("*")] }));
    const marketing = { to: "cus_1", category: "marketing" };
    const own = await send({ ...marketing, channel: "sms", content: { text: "hi" } });
    const named = await send({ ...marketing, channel: "email", treatment: "news" });
    const cheapest = await send({ ...marketing, treatment: "news" });
    expect([own, named, cheapest]).toMatchObject([1, 2, 3].map(() => ({ status: "requested", reasons: [] })));
    expect(world.messages.get(cheapest.messageId)?.channel).toBe("sms");
  });

  it("waits for the time it was asked for, and then for quiet hours to end", async () => {
    const { world, send } = hub();
    world.add(customer());
    const later = await send({ ...order, to: "cus_1", sendAt: "2026-03-11T23:00:00+01:00" });
    const held = await send({
      to: "cus_1",
      category: "marketing",
      content,
      sendAt: "2026-03-11T23:00:00+01:00",
    });
    expect(world.published).toEqual([]);
    expect(world.timers.all().map(({ due, event }) => [due, event.detail.messageId])).toEqual([
      ["2026-03-11T22:00:00.000Z", later.messageId],
      ["2026-03-12T07:00:00.000Z", held.messageId],
    ]);
  });

  it("leaves at once when the time asked for is past", async () => {
    const { world, send } = hub();
    const answer = await send({ ...order, sendAt: "2020-01-01T00:00:00Z" });
    expect(world.published).toHaveLength(1);
    expect(world.messages.get(answer.messageId)?.sendAt).toBeUndefined();
  });
});

describe("an idempotency key", () => {
  it("makes repetitions one message, also when members come in another order", async () => {
    const { world, send } = hub();
    const first = await send(order, "k1");
    const again = await send({ ...order, content: { text: content.text, subject: "Hello" } }, "k1");
    expect(again).toEqual(first);
    expect(world.messages.size).toBe(1);
  });

  it("makes concurrent repetitions one message", async () => {
    const { world, send } = hub();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(order, "k1")));
    expect(new Set(answers.map(({ messageId }) => messageId)).size).toBe(1);
    expect(world.messages.size).toBe(1);
  });

  it("is refused with another body", async () => {
    const { world, send } = hub();
    await send(order, "k1");
    const other = { ...order, data: { code: 8 } };
    expect((await errorOf(send(other, "k1"))).code).toBe("idempotency_conflict");
    expect(world.messages.size).toBe(1);
  });

  it("answers a rejected request the same way again", async () => {
    const { send } = hub();
    const first = await send({ ...order, category: "marketing" }, "k1");
    expect(await send({ ...order, category: "marketing" }, "k1")).toEqual(first);
    expect(first).toMatchObject({ status: "rejected", reasons: ["consent"] });
  });

  it("is free again after 24 hours", async () => {
    const { world, send } = hub();
    const first = await send(order, "k1");
    world.moveTo(NOON + 24 * HOUR);
    const next = await send({ ...order, data: { day: 2 } }, "k1");
    expect(next.messageId).not.toBe(first.messageId);
    expect(await send({ ...order, data: { day: 2 } }, "k1")).toEqual(next);
  });

  it("of another caller is another key", async () => {
    const { send } = hub();
    const mine = await send(order, "k1", "key-1");
    expect((await send(order, "k1", "key-2")).messageId).not.toBe(mine.messageId);
  });

  it("logs on the repetition what the first request may not have: the decision, without a state", async () => {
    const { world, send } = hub();
    const { decisionId } = await send(order, "k1");
    world.moveTo(NOON + HOUR);
    await send(order, "k1");
    expect(world.logged.map((record) => [record.decisionId, record.recovered, record.now])).toEqual([
      [decisionId, undefined, NOON],
      [decisionId, true, NOON],
    ]);
    expect(world.logged[1]?.state).toBeNull();
    expect(world.logged[1]?.decision).toEqual(world.logged[0]?.decision);
  });

  it("logs nothing when it is refused with another body", async () => {
    const { world, send } = hub();
    await send(order, "k1");
    await errorOf(send({ ...order, data: { code: 8 } }, "k1"));
    expect(world.logged).toHaveLength(1);
  });

  it("tells the sender on the repetition when the first request died before telling", async () => {
    const { world, send } = hub();
    const dies = Promise.withResolvers<void>();
    const publish = (): Promise<never> => {
      dies.resolve();
      return new Promise(() => undefined);
    };
    const dying = callerOf(operations, messageCalls({ ...world.dependencies, bus: { publish } }));
    void dying("POST /v1/messages", { body: order, headers: { "idempotency-key": "k1" }, key: "key-1" });
    await dies.promise;
    await send(order, "k1");
    expect(world.published).toHaveLength(1);
    expect(world.messages.size).toBe(1);
  });

  it("has its 202 while nobody can be told, and the sender is told by a timer or on the repetition", async () => {
    const { world, send } = hub();
    const bus = { publish: () => Promise.reject(new RapportError("unavailable", "no bus")) };
    const unheard = callerOf(operations, messageCalls({ ...world.dependencies, bus }));
    const request = { body: order, headers: { "idempotency-key": "k1" }, key: "key-1" };
    const answer = await unheard("POST /v1/messages", request);
    expect(answer.status).toBe(202);
    expect(await send(order, "k1")).toEqual(answer.json);
    expect(world.published).toHaveLength(1);
    expect(world.messages.size).toBe(1);
  });
});

describe("a wrong request for a message", () => {
  it.each([
    ["no recipient", { ...order, to: undefined }, "to"],
    ["an undeclared identifier type", { ...order, to: "passport:1" }, "to"],
    ["an address that is none", { ...order, to: "email:nonsense" }, "to"],
    ["an unknown category", { ...order, category: "spam" }, "category"],
    ["neither treatment nor content", { ...order, content: undefined }, "treatment"],
    ["both treatment and content", { ...order, treatment: "news" }, "treatment"],
    ["an unknown treatment", { to: order.to, category: "transactional", treatment: "nws" }, "treatment"],
    [
      "a channel the treatment has not",
      { to: order.to, category: "marketing", treatment: "news", channel: "push" },
      "channel",
    ],
    ["a laxer category", { to: order.to, category: "transactional", treatment: "news" }, "category"],
    ["a mail without subject", { ...order, content: { html: "<p>Hi</p>" } }, "content.subject"],
    ["a mail without text", { ...order, content: { subject: "Hi" } }, "content.text"],
    ["a push message without body", { ...order, content: { title: "Hi" } }, "content.title"],
    [
      "a member of content that no channel has",
      { ...order, content: { ...content, body_: "x" } },
      "content.body_",
    ],
    [
      "a subject that is not Liquid",
      { ...order, content: { ...content, subject: "{{ x" } },
      "content.subject",
    ],
    ["HTML that is not Liquid", { ...order, content: { ...content, html: "{% if a %}" } }, "content.html"],
    [
      "data that is not Liquid",
      { ...order, content: { title: "a", body: "b", data: { inner: { to: "{{ x" } } } },
      "content.data.inner",
    ],
    ["a time that is none", { ...order, sendAt: "tomorrow" }, "sendAt"],
  ])("with %s is refused at its field and leaves nothing behind", async (_, body, path) => {
    const { world, send } = hub();
    const error = await errorOf(send(body, "k1"));
    expect(error.code).toBe("invalid_request");
    expect(error.errors[0]?.path).toBe(path);
    expect(world.messages.size).toBe(0);
    expect(await world.dependencies.customers.find("email:ada@example.com")).toBeNull();
  });

  it("with mistakes in several texts is told of each, with line and column", async () => {
    const { send } = hub();
    const text = "Hi\n{{ customer.firstName | upcse }}";
    const { errors } = await errorOf(send({ ...order, content: { subject: "{% if a %}b", text } }));
    expect(errors).toMatchObject([
      { path: "content.subject", line: 1, column: 1, expected: "{% endif %}" },
      { path: "content.text", line: 2, column: 1, expected: expect.stringContaining('"upcase"') },
    ]);
  });

  it("for a customer id that does not exist is 404, as is a message that does not", async () => {
    const { send, show } = hub();
    expect((await errorOf(send({ ...order, to: "cus_nobody" }))).code).toBe("not_found");
    expect((await errorOf(show("msg_nothing"))).code).toBe("not_found");
  });
});

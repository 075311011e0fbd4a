import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { consentTo, newUserId } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(
    testFiles({
      "conversations.yaml": "answerWithin: PT2H\nteams: { complaints: { topics: [complaint] } }\n",
      "contact-policy.yaml": `
categories:
  marketing: { consent: express }
  service: { consent: implied }
  transactional: { consent: none, transactional: true }
holdWhile:
  - if: customer.conversation.open and customer.conversation.topic = "complaint"
    categories: [marketing]
    for: P3D
`,
    }),
  );
});

let numbers = 0;
const newPhone = (): string => `+1202555${String(5000 + numbers++)}`;
const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => [Math.random(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);

type Row = {
  readonly conversationId: string;
  readonly state: string;
  readonly assignee: string | null;
  readonly lastSeq: number;
  readonly waitingSince: string | null;
};
type Shown = Row & {
  readonly messages: readonly {
    seq: number;
    direction: string;
    text: string;
    status: string | null;
    channel: string;
  }[];
};
const write = (from: string, text: string, providerMessageId: string = randomUUID()) =>
  hub.call("POST", "/_local/inbound", { channel: "sms", from, text, providerMessageId });
const listOf = async (ref: string): Promise<readonly Row[]> => {
  const { status, body } = await hub.call("GET", `/v1/profiles/${encodeURIComponent(ref)}/conversations`);
  expect(status).toBe(200);
  return Object(body).items;
};
const show = async (id: string): Promise<Shown> =>
  Object((await hub.call("GET", `/v1/conversations/${id}`)).body);
const as = (agent: string, more: Record<string, string> = {}) => ({ "x-rapport-agent": agent, ...more });
const known = async (): Promise<{ readonly ref: string; readonly phone: string }> => {
  const [userId, phone] = [newUserId("writer"), newPhone()];
  await hub.tell("identify", { userId, traits: { phone } });
  await hub.settle();
  return { ref: `userId:${userId}`, phone };
};
const remind = async (phone: string, text: string): Promise<void> => {
  const message = { to: `phone:${phone}`, category: "transactional", content: { text } };
  await hub.send(message, randomUUID());
  await hub.settle();
};

describe("a customer who answers a text message", () => {
  it("has one thread that begins with it, which an agent takes and answers in", async () => {
    const { ref, phone } = await known();
    await remind(phone, "Your cart is waiting");
    await write(phone, "Is it still there?");
    await hub.settle();
    const [row, ...more] = await listOf(ref);
    expect(more).toEqual([]);
    const id = row?.conversationId ?? "";
    expect(row).toMatchObject({ state: "open", lastSeq: 2, assignee: null });
    const claim = await hub.call("POST", `/v1/conversations/${id}/claim`, {}, as("Ana"));
    expect(claim).toMatchObject({ status: 200, body: { assignee: "Ana" } });
    const body = { text: "Yes, until Friday", ifLastSeq: 2 };
    const answer = await hub.call("POST", `/v1/conversations/${id}/replies`, body, as("Ana"));
    expect(answer).toMatchObject({ status: 202, body: { channel: "sms" } });
    await hub.settle();
    expect((await hub.outbox({ to: phone })).map(({ text }) => text)).toContain("Yes, until Friday");
    await write(phone, "Thank you");
    await hub.settle();
    const { messages, state } = await show(id);
    expect(state).toBe("open");
    expect(messages.map(({ direction, text }) => [direction, text])).toEqual([
      ["out", "Your cart is waiting"],
      ["in", "Is it still there?"],
      ["activity", "Ana took it"],
      ["out", "Yes, until Friday"],
      ["in", "Thank you"],
    ]);
    expect(messages[3]?.status).toBe("sent");
  });

  it("has the same thread when everything is delivered five times, shuffled and at once", async () => {
    const { ref, phone } = await known();
    await remind(phone, "Your parcel left");
    const texts = ["one", "two", "three", "four"];
    for (const text of texts) {
      await write(phone, text, `${phone}-${text}`);
      await hub.settle();
    }
    await Promise.all(
      shuffled(texts.flatMap((text) => Array.from({ length: 5 }, () => text))).map((text) =>
        write(phone, text, `${phone}-${text}`),
      ),
    );
    await hub.settle();
    const [row, ...more] = await listOf(ref);
    expect(more).toEqual([]);
    expect((await show(row?.conversationId ?? "")).messages.map(({ text }) => text)).toEqual([
      "Your parcel left",
      ...texts,
    ]);
  });

  it("is waited for by rules from then on, until they are answered", async () => {
    const { ref, phone } = await known();
    await write(phone, "Hello?");
    await hub.settle();
    const [row] = await listOf(ref);
    expect(row?.waitingSince).toMatch(/Z$/);
    const id = row?.conversationId ?? "";
    await hub.call("POST", `/v1/conversations/${id}/replies`, { text: "Hello!" }, as("Ana"));
    await hub.settle();
    const changes = (await hub.timeline(ref)).filter(({ name }) => name === "conversation.changed");
    expect(changes).toMatchObject([{ properties: { open: true, handler: "person" } }]);
    expect(await listOf(ref)).toMatchObject([{ state: "waiting", waitingSince: null }]);
  });
});

describe("fifty agents", () => {
  it("who take a conversation at once: one has it", async () => {
    const { ref, phone } = await known();
    await write(phone, "Help");
    await hub.settle();
    const [row] = await listOf(ref);
    const path = `/v1/conversations/${row?.conversationId}/claim`;
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => hub.call("POST", path, {}, as(`agent ${index}`))),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    const { assignee } = Object(won[0]?.body);
    for (const { status, body } of answers)
      if (status !== 200)
        expect({ status, body }).toMatchObject({ status: 409, body: { code: "claimed", assignee } });
  });
});

describe("a conversation that sleeps", () => {
  it("wakes at its time", async () => {
    const { ref, phone } = await known();
    await write(phone, "Later");
    await hub.settle();
    const [row] = await listOf(ref);
    const id = row?.conversationId ?? "";
    const until = new Date((await hub.now()) + 3_600_000).toISOString();
    const asleep = await hub.call("POST", `/v1/conversations/${id}/snooze`, { until }, as("Ana"));
    expect(asleep).toMatchObject({ status: 200, body: { state: "snoozed" } });
    await hub.advance("PT2H");
    expect((await show(id)).state).toBe("open");
  });
});

describe("a complaint that is opened between decision and sending", () => {
  it("stops the mail, which is decided anew when it is closed with a good rating; the records say so", async () => {
    const userId = newUserId("complains");
    const email = `${userId}@example.com`;
    await hub.tell("identify", { userId, traits: { email } });
    await hub.tell("track", consentTo("email", userId));
    await hub.settle();
    await hub.fault({ target: "ses:SendEmail", kind: "throttle", at: "before", times: 50 });
    await hub.tell("track", { userId, event: "Signed Up" });
    await hub.settle();
    const begun = await hub.call("POST", "/v1/conversations", { to: `userId:${userId}`, topic: "complaint" });
    expect(begun.status).toBe(201);
    await hub.settle();
    await hub.clearFaults();
    await hub.advance("PT1H");
    const decided = async () =>
      (await hub.timeline(`userId:${userId}`)).filter(({ kind }) => kind === "decision").toReversed();
    const stopped = (await hub.timeline(`userId:${userId}`)).find(({ kind }) => kind === "message");
    const message = Object((await hub.call("GET", `/v1/messages/${stopped?.messageId}`)).body);
    expect(message.status).toBe("rejected");
    expect(message.history.at(-1)).toMatchObject({ status: "rejected", reason: "conversation" });
    const id = Object(begun.body).conversationId;
    const closed = await hub.call("POST", `/v1/conversations/${id}/close`, { rating: 5 }, as("Ana"));
    expect(closed).toMatchObject({ status: 200, body: { state: "closed", rating: 5 } });
    await hub.settle();
    const [first, anew, ...more] = await decided();
    expect(more).toEqual([]);
    const record = await hub.call("GET", `/v1/decisions/${anew?.decisionId}`);
    expect(record.body).toMatchObject({ anewOf: first?.decisionId, actions: [{ action: "welcome" }] });
    expect(await hub.outbox({ to: email })).toHaveLength(1);
  });
});

describe("a customer whom nobody answers in time", () => {
  it("comes first by when they are due, and is told of once, in the thread and as an event", async () => {
    const { ref, phone } = await known();
    await write(phone, "Anybody there?");
    await hub.settle();
    const [row] = await listOf(ref);
    const id = row?.conversationId ?? "";
    const due = Object((await hub.call("GET", "/v1/conversations?sort=due&state=open&limit=100")).body).items;
    const dues = due.map(({ dueAt }: { dueAt: string | null }) => dueAt ?? "9999");
    expect(dues).toEqual(dues.toSorted());
    expect(due.map(({ conversationId }: Row) => conversationId)).toContain(id);
    await hub.advance("PT3H");
    expect((await show(id)).messages.at(-1)?.text).toMatch(/^nobody had answered by /);
    const breached = (await hub.timeline(ref)).filter(({ name }) => name === "conversation.breached");
    expect(breached).toMatchObject([{ properties: { conversationId: id } }]);
  });
});

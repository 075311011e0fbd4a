import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { chat } from "#cli/chat.ts";
import { proofOf } from "#domain/identity/proof.ts";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { newUserId } from "../support/hub/people.ts";
import { TEST_FILES, testFiles } from "../support/playbook/files.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(
    testFiles({
      "playbook.yaml": `${TEST_FILES["playbook.yaml"]?.replace("  web: {}\n", "  web: {}\n  chat: { provider: hub }\n")}`,
    }),
  );
});

type Session = { readonly token: string; readonly visitorToken: string | null };
type Item = { readonly seq: number; readonly direction: string; readonly text: string };
const WRITE_KEY = { authorization: `Basic ${Buffer.from("local-write-key:").toString("base64")}` };
const begin = async (body: object = {}): Promise<Session> => {
  const answer = await hub.call("POST", "/v1/chat/sessions", body, WRITE_KEY);
  expect(answer.status).toBe(200);
  return Object(answer.body);
};
const as = (token: string) => ({ authorization: `Bearer ${token}` });
const write = (token: string, text: string, clientId: string = randomUUID()) =>
  hub.call("POST", "/v1/chat/messages", { text, clientId }, as(token));
const read = async (token: string, query = ""): Promise<readonly Item[]> =>
  Object((await hub.call("GET", `/v1/chat/messages${query}`, undefined, as(token))).body).items;
const proofNow = async (userId: string) =>
  proofOf("local-identity-key", userId, new Date(await hub.now()).toISOString());
type Row = { readonly conversationId: string; readonly lastSeq: number };
const rowsOf = async (ref: string): Promise<readonly Row[]> =>
  Object((await hub.call("GET", `/v1/profiles/${encodeURIComponent(ref)}/conversations`)).body).items;
const openRow = async (): Promise<Row | undefined> =>
  Object((await hub.call("GET", "/v1/conversations?channel=chat&sort=newest")).body).items[0];
const reply = async (conversationId: string, text: string) => {
  const who = { "x-rapport-agent": "Ana", "idempotency-key": randomUUID() };
  return hub.call("POST", `/v1/conversations/${conversationId}/replies`, { text }, who);
};

describe("a chat on the company's own pages", () => {
  it("is one thread with what the customer wrote elsewhere, and is answered where they are now", async () => {
    const [userId, phone] = [newUserId("chatter"), "+12025557001"];
    await hub.tell("identify", { userId, traits: { phone } });
    await hub.settle();
    await hub.call("POST", "/_local/inbound", { channel: "sms", from: phone, text: "Where is it?" });
    await hub.settle();
    const { token } = await begin(await proofNow(userId));
    expect((await write(token, "I am on your page now")).status).toBe(202);
    await hub.settle();
    const [row, ...more] = await rowsOf(`userId:${userId}`);
    expect([row?.lastSeq, more]).toEqual([2, []]);
    const answer = await reply(row?.conversationId ?? "", "It left this morning");
    expect(answer).toMatchObject({ status: 202, body: { channel: "chat" } });
    await hub.settle();
    expect(await read(token, "?after=1")).toMatchObject([
      { seq: 2, direction: "out", text: "It left this morning" },
    ]);
    const { body } = await hub.call("GET", `/v1/messages/${Object(answer.body).messageId}`);
    expect(body).toMatchObject({ channel: "chat", status: "sent" });
    // On her phone, by a new proof, she has the same; who says that they are her has nothing.
    expect(await read((await begin(await proofNow(userId))).token)).toHaveLength(2);
    expect(await read((await begin({ userId })).token)).toEqual([]);
  });

  it("shows a stranger nothing of the customer whose browser they say theirs is", async () => {
    const userId = newUserId("chatter");
    const hers = await begin(await proofNow(userId));
    await write(hers.token, "My order is 4711");
    await hub.settle();
    const anonymousId = randomUUID();
    await hub.collect("identify", { userId, anonymousId });
    await hub.collect("alias", { previousId: anonymousId, userId });
    await hub.settle();
    const stranger = await begin({ anonymousId, userId });
    await write(stranger.token, "And what was my order?");
    await hub.settle();
    expect((await read(stranger.token)).map(({ text }) => text)).toEqual(["And what was my order?"]);
    const [row] = await rowsOf(`userId:${userId}`);
    expect(row?.lastSeq).toBe(1);
    await reply(row?.conversationId ?? "", "It is on its way");
    await hub.settle();
    expect(await read(stranger.token)).toHaveLength(1);
    expect((await read(hers.token)).map(({ text }) => text)).toEqual([
      "My order is 4711",
      "It is on its way",
    ]);
  });

  it("has each message once, sent five times at once by two tabs, and a visitor who is answered", async () => {
    const { token, visitorToken } = await begin();
    const other = await begin({ visitorToken });
    const ids = ["one", "two", "three"];
    const sent = ids.flatMap((id) => Array.from({ length: 5 }, (_, index) => [id, index] as const));
    const answers = await Promise.all(
      sent.map(([id, index]) => write(index % 2 === 0 ? token : other.token, id, id)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    await hub.settle();
    expect((await read(token)).map(({ text }) => text).toSorted()).toEqual(ids.toSorted());
    const row = await openRow();
    expect(row?.lastSeq).toBe(3);
    await reply(row?.conversationId ?? "", "Good morning");
    await hub.settle();
    for (const one of [token, other.token])
      expect(await read(one, "?after=3")).toMatchObject([{ seq: 4, text: "Good morning" }]);
  });

  it("can be tried without a page, by the name of a visitor or by their token", async () => {
    const [from, { token, visitorToken }] = [randomUUID(), await begin()];
    const written = { channel: "chat", from, text: "Hello", providerMessageId: "c1" };
    for (const _ of [1, 2]) {
      const answer = await hub.call("POST", "/_local/inbound", written);
      expect(answer).toMatchObject({ status: 202, body: { providerMessageId: "c1" } });
    }
    await hub.call("POST", "/_local/inbound", { ...written, from: visitorToken });
    await hub.settle();
    expect(await read(token)).toMatchObject([{ seq: 1, text: "Hello" }]);
  });

  it("can be led from a terminal, as the user whom the stage's secret proves", async () => {
    const userId = newUserId("typist");
    const out: string[] = [];
    const lines = async function* () {
      yield "Where is my order?";
      await vi.waitFor(async () => expect(await rowsOf(`userId:${userId}`)).toHaveLength(1), 20_000);
      const [row] = await rowsOf(`userId:${userId}`);
      await reply(row?.conversationId ?? "", "It left this morning");
      await vi.waitFor(() => expect(out).toContain("< It left this morning"), 20_000);
      yield "  ";
      yield "Thank you";
    };
    const nothing = async function* (): AsyncIterable<string> {};
    const terminal = {
      environment: { RAPPORT_URL: hub.url },
      out: (line: string) => out.push(line),
      error: () => 0,
    };
    const talk = { secretOf: async () => "local-identity-key", everyMs: 50, lingerMs: 100 };
    expect(await chat(`userId:${userId}`, {}, terminal, { ...talk, lines: lines() })).toBe(0);
    expect(out).toEqual(["< It left this morning"]);

    out.length = 0;
    expect(await chat(`userId:${userId}`, {}, terminal, { ...talk, lines: nothing() })).toBe(0);
    expect(out).toEqual(["> Where is my order?", "< It left this morning", "> Thank you"]);
    await expect(chat("email:a@example.com", {}, terminal, talk)).rejects.toThrow("such as userId:kim");
  });
});

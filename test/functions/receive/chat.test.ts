import { beforeEach, describe, expect, it } from "vitest";
import { memoryChatStore } from "#adapters/memory/chat-store.ts";
import { memoryOriginals } from "#adapters/memory/originals.ts";
import { proofOf } from "#domain/identity/proof.ts";
import { signToken } from "#domain/message/token.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { chatCalls } from "#functions/receive/chat/chat.ts";
import { operations } from "#functions/receive/chat/operations.ts";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { errorOf } from "../../support/handlers/errors.ts";
import { callerOf } from "../../support/handlers/requests.ts";
import { TEST_FILES, testPlaybook } from "../../support/playbook/files.ts";

const withChat = {
  "playbook.yaml": `${TEST_FILES["playbook.yaml"]?.replace("  web: {}\n", "  web: {}\n  chat: { provider: hub }\n")}`,
};
const playbooks = { chat: await testPlaybook(withChat), none: await testPlaybook() };
const NOON = Date.parse("2027-01-01T12:00:00Z");
const LINK_KEYS = ["the link key"];
const SECRET = "the identity key";

let now: number;
let sent: CollectedEvent[];
let document: (typeof playbooks)["chat"]["document"];
let isInboxDown: boolean;
let call: ReturnType<typeof callerOf<typeof operations>>;
beforeEach(() => {
  now = NOON;
  sent = [];
  document = playbooks.chat.document;
  isInboxDown = false;
  let ids = 0;
  call = callerOf(
    operations,
    chatCalls({
      chats: memoryChatStore(),
      originals: memoryOriginals(new Map()),
      inbox: {
        send: async (events) => {
          if (isInboxDown) throw new Error("no answer");
          sent.push(...events);
        },
      },
      playbooks: { current: async () => document },
      linkKeys: async () => LINK_KEYS,
      identityKeys: async () => [SECRET],
      clock: { now: () => now },
      ids: { id: (prefix) => `${prefix}_${++ids}` },
      telemetry: {
        log: { info: () => {}, warn: () => {}, error: () => {} },
        count: () => {},
      },
    }),
  );
});

type Session = { token: string; visitorToken: string | null; proven: boolean; until: string };
const begin = async (body: object = {}): Promise<Session> =>
  (await call("POST /v1/chat/sessions", { body })).json as Session;
const write = (token: string, text: string, clientId: string) =>
  call("POST /v1/chat/messages", { key: token, body: { text, clientId } });
type Item = { seq: number; text: string; clientId?: string };
const read = async (token: string, query: Record<string, string> = {}): Promise<readonly Item[]> => {
  const { json } = await call("GET /v1/chat/messages", { key: token, query });
  return (json as { items: readonly Item[] }).items;
};
const kim = (at = now) => proofOf(SECRET, "kim", new Date(at).toISOString());

describe("a visitor's chat", () => {
  it("goes on by the visitor's token, and is another's without it", async () => {
    const { token, visitorToken } = await begin();
    await write(token, "Hello", "c1");
    const again = await begin({ visitorToken });
    expect(await read(again.token)).toMatchObject([
      { seq: 1, direction: "in", text: "Hello", clientId: "c1" },
    ]);
    for (const forged of [undefined, null, "", "x", `${visitorToken}x`, token])
      expect(await read((await begin({ visitorToken: forged })).token)).toEqual([]);
  });

  it("is an event of who wrote, by the chat's address alone", async () => {
    const { token } = await begin({ userId: "kim", anonymousId: "kims-browser" });
    await write(token, "Hello", "c1");
    expect(sent).toMatchObject([
      {
        name: "message.received",
        identifiers: [{ type: "chat", value: "vis_1" }],
        properties: { channel: "chat", provider: "hub", text: "Hello" },
      },
    ]);
    expect(sent[0]?.identifiers).toHaveLength(1);
  });

  it("has a message once, however often it is sent by the same clientId", async () => {
    const { token } = await begin();
    const answers = [];
    for (const text of ["Hello", "Hello", "Hello"]) answers.push((await write(token, text, "c1")).json);
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(await read(token)).toHaveLength(1);
  });

  it("shows nothing as written that was not taken in", async () => {
    const { token } = await begin();
    isInboxDown = true;
    await expect(write(token, "Hello", "c1")).rejects.toThrow("no answer");
    expect(await read(token)).toEqual([]);
    isInboxDown = false;
    expect((await write(token, "Hello", "c1")).status).toBe(202);
    expect(await read(token)).toHaveLength(1);
  });

  it("gives whoever was away exactly what they lack, page by page", async () => {
    const { token } = await begin();
    for (const id of ["a", "b", "c", "d"]) await write(token, id, id);
    expect((await read(token, { after: "2" })).map(({ text }) => text)).toEqual(["c", "d"]);
    expect(
      await call("GET /v1/chat/messages", { key: token, query: { after: "0", limit: "3" } }),
    ).toMatchObject({
      json: { cursor: "3" },
    });
    expect(await read(token, { after: "4" })).toEqual([]);
    expect(await errorOf(read(token, { after: "-1" }))).toMatchObject({ code: "invalid_request" });
  });

  it("takes twenty messages at once and then one every two seconds", async () => {
    const { token } = await begin();
    for (let index = 0; index < 20; index++) await write(token, "Hello", `c${index}`);
    const refused = await errorOf(write(token, "Hello", "more"));
    expect(refused).toMatchObject({ code: "rate_limited", retryAfter: 2 });
    now += 2_000;
    expect((await write(token, "Hello", "more")).status).toBe(202);
    expect(await errorOf(write(token, "Hello", "and more"))).toMatchObject({ code: "rate_limited" });
    expect((await write((await begin()).token, "Hello", "c1")).status).toBe(202);
  });

  it.each([
    ["nothing", ""],
    ["blanks", " \n\t "],
    ["a text of 100 KB", "x".repeat(100_000)],
  ])("refuses %s", async (_what, text) => {
    const { token } = await begin();
    expect(await errorOf(write(token, text, "c1"))).toMatchObject({ status: 400 });
    expect(sent).toEqual([]);
  });
});

describe("a customer's chat", () => {
  it("is open to whoever the company's server has proven, on any device, and leaves no token behind", async () => {
    const phone = await begin(kim());
    expect(phone).toMatchObject({ proven: true, visitorToken: null });
    await write(phone.token, "Hello", "c1");
    expect(sent[0]?.identifiers).toEqual([
      { type: "chat", value: expect.stringMatching(/^usr_/) },
      { type: "userId", value: "kim" },
    ]);
    expect(await read((await begin(kim())).token)).toMatchObject([{ text: "Hello" }]);
  });

  it("is closed to strangers who say that they are the customer", async () => {
    await write((await begin(kim())).token, "My order 12", "c1");
    const wrong = [
      { userId: "kim" },
      { ...kim(), proof: "0".repeat(64) },
      { ...kim(), userId: "lou" },
      kim(now - 25 * HOUR_MS),
      { ...proofOf("another key", "kim", new Date(now).toISOString()) },
    ];
    for (const claim of wrong) {
      const session = await begin(claim);
      expect(session.proven).toBe(false);
      expect(await read(session.token)).toEqual([]);
    }
  });
});

describe("a session's token", () => {
  it("ends after a day, and says that another is needed", async () => {
    const { token, until } = await begin();
    expect(until).toBe("2027-01-02T12:00:00.000Z");
    now += DAY_MS;
    expect(await errorOf(read(token))).toMatchObject({ code: "session_expired", status: 401 });
  });

  it("is no other token of the hub's, and no key", async () => {
    const address = "vis_1";
    for (const other of [
      signToken(LINK_KEYS, { kind: "visitor", address }, now + DAY_MS),
      signToken(LINK_KEYS, { kind: "listen", address }, now + DAY_MS),
      signToken(["another key"], { kind: "session", address }, now + DAY_MS),
      "local-secret-key",
    ])
      expect(await errorOf(read(other))).toMatchObject({ code: "session_unknown", status: 401 });
  });

  it("opens nothing where the live playbook has no chat", async () => {
    const { token } = await begin();
    document = playbooks.none.document;
    expect(await errorOf(begin())).toMatchObject({ code: "not_found" });
    expect(await errorOf(write(token, "Hello", "c1"))).toMatchObject({ code: "not_found" });
  });
});

import { randomUUID } from "node:crypto";
import {
  ReceiveMessageCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "../../infra/local/cloud.ts";
import { type Answer, type Hub, hubAt } from "../support/hub.ts";
import { startTestCloud } from "../support/local-cloud.ts";
import { newReader } from "../support/people.ts";
import { testFiles } from "../support/playbook.ts";

const KB = 1_024;
const basic = { authorization: `Basic ${btoa("local-write-key:")}` };
const form = { authorization: "", "content-type": "application/x-www-form-urlencoded" };

let cloud: LocalCloud;
let hub: Hub;
let sqs: SQSClient;
beforeAll(async () => {
  cloud = await startTestCloud({ playbook: testFiles() });
  hub = hubAt(cloud.url);
  sqs = new SQSClient({
    endpoint: cloud.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
});

const person = (): string => `bad-${randomUUID()}`;
const customer = async (traits: Record<string, unknown> = {}) => {
  const userId = person();
  const email = `${userId}@example.com`;
  await hub.collect("identify", { userId, traits: { email, ...traits } });
  await hub.settle();
  return { userId, email };
};
const kinds = async (userId: string) => (await hub.timeline(`userId:${userId}`)).map(({ kind }) => kind);

/** The contract's form of an error. */
const expectProblem = ({ status, headers, body }: Answer, expected: number, code: string): void => {
  expect({ status, code: (body as { code?: string }).code }).toEqual({ status: expected, code });
  expect(headers.get("content-type")).toContain("application/problem+json");
  expect(body).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    status: expected,
    message: expect.any(String),
  });
};

describe("collect", () => {
  const filler = "x".repeat(33 * KB);
  const refusals: readonly (readonly [
    what: string,
    path: string,
    (userId: string) => unknown,
    code: string,
  ])[] = [
    ["malformed JSON", "track", () => '{"userId": "u", "event": ', "malformed_json"],
    ["a list", "track", () => [], "invalid_request"],
    ["an event without a name", "track", (userId) => ({ userId }), "invalid_request"],
    ["an event of nobody", "track", () => ({ event: "X" }), "invalid_request"],
    ["an object for a userId", "identify", () => ({ userId: { id: 1 } }), "invalid_request"],
    ["text for traits", "identify", (userId) => ({ userId, traits: "none" }), "invalid_request"],
    ["an alias without the former id", "alias", (userId) => ({ userId }), "invalid_request"],
    ["a group without its id", "group", (userId) => ({ userId }), "invalid_request"],
    [
      "an event of 33 KB",
      "track",
      (userId) => ({ userId, event: "X", properties: { filler } }),
      "event_too_large",
    ],
    ["an object for a batch", "batch", () => ({ batch: {} }), "invalid_request"],
    [
      "a batch of 501 KB",
      "batch",
      (userId) => ({
        batch: Array.from({ length: 501 }, () => ({
          type: "track",
          userId,
          event: "X",
          properties: { filler: "y".repeat(KB) },
        })),
      }),
      "batch_too_large",
    ],
  ];
  it.each(refusals)("refuses %s with 400, and knows nobody by it", async (_what, path, body, code) => {
    const userId = person();
    expectProblem(await hub.call("POST", `/v1/${path}`, body(userId), basic), 400, code);
    await hub.settle();
    expectProblem(await hub.call("GET", `/v1/profiles/userId:${userId}`), 404, "not_found");
  });

  it("says where a value is wrong and what was expected, without repeating it", async () => {
    const { body } = await hub.call("POST", "/v1/identify", { userId: { secret: "4711" } }, basic);
    expect(body).toMatchObject({
      errors: [{ path: "userId", expected: "text or number or null", got: "object" }],
    });
    expect(JSON.stringify(body)).not.toContain("4711");
  });

  it("takes the good events of a batch and names those it drops", async () => {
    const userId = person();
    const event = { type: "track", userId, event: "Product Viewed" };
    const batch = [event, { ...event, properties: { filler } }, { ...event, type: "dance" }, event];
    const answer = await hub.call("POST", "/v1/batch", { batch }, basic);
    expect(answer.body).toEqual({
      success: true,
      rejected: [
        { index: 1, code: "event_too_large" },
        { index: 2, code: "invalid_request" },
      ],
    });
    await hub.settle();
    expect((await hub.profile(`userId:${userId}`)).computed.recentViews).toBe(2);
  });

  it("takes 2,500 events of a batch and names the one past them", async () => {
    const userId = person();
    const batch = Array.from({ length: 2_501 }, () => ({ type: "track", userId, event: "Product Viewed" }));
    const answer = await hub.call("POST", "/v1/batch", { batch }, basic);
    expect(answer.body).toEqual({ success: true, rejected: [{ index: 2_500, code: "batch_too_large" }] });
    await hub.settle();
    expect((await hub.profile(`userId:${userId}`)).computed.recentViews).toBe(2_500);
  });

  it("keeps an event whose traits are too many, and says in a counter that they were refused", async () => {
    const userId = person();
    const traits = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`trait${n}`, n]));
    await hub.collect("identify", { userId, traits });
    await hub.collect("track", { userId, event: "Order Completed", properties: { order_id: "1", total: 3 } });
    await hub.settle();
    expect(await kinds(userId)).toEqual(expect.arrayContaining(["event", "event"]));
    const profile = await hub.profile(`userId:${userId}`);
    expect(Object.keys(profile.traits).length).toBeLessThanOrEqual(300);
    expect(profile.computed.orders).toBe(1);
    expect(cloud.metrics.list().some(({ name, sum }) => name === "FactsRefused" && sum > 0)).toBe(true);
  });
});

describe("a key", () => {
  const track = (headers: Record<string, string>) =>
    hub.call("POST", "/v1/track", { userId: person(), event: "X" }, headers);

  it("that is missing is 401 key_missing, one nobody knows 401 key_unknown", async () => {
    expectProblem(await track({ authorization: "" }), 401, "key_missing");
    expectProblem(await track({ authorization: "Bearer wrong" }), 401, "key_unknown");
    expectProblem(await track({ authorization: "Nonsense" }), 401, "key_missing");
    expectProblem(
      await hub.call("GET", "/v1/playbooks", undefined, { authorization: "" }),
      401,
      "key_missing",
    );
  });

  it("for writing opens nothing but collect", async () => {
    for (const authorization of [basic.authorization, "Bearer local-write-key"]) {
      for (const [method, path, body] of [
        ["GET", "/v1/profiles/userId:x", undefined],
        ["POST", "/v1/messages", {}],
        ["POST", "/v1/decisions", {}],
        ["POST", "/v1/playbooks", {}],
      ] as const) {
        expectProblem(await hub.call(method, path, body, { authorization }), 403, "scope_missing");
      }
    }
  });
});

describe("what does not exist", () => {
  it.each([
    ["GET", "/nothing/here"],
    ["POST", "/v1/trac"],
    ["DELETE", "/v1/profiles/userId:x"],
    ["GET", "/v1/profiles/userId:nobody"],
    ["GET", "/v1/profiles/cus_nobody"],
    ["GET", "/v1/profiles/passport:1"],
    ["GET", "/v1/profiles/%E0%A4%A"],
    ["GET", "/v1/profiles/userId%3A%"],
    ["GET", "/v1/profiles/phone:abc"],
    ["GET", "/v1/messages/msg_none"],
    ["GET", "/v1/decisions/dec_none"],
    ["GET", "/v1/playbooks/none"],
    ["POST", "/v1/playbooks/none/publish"],
  ])("%s %s answers 404 in our form", async (method, path) => {
    expectProblem(await hub.call(method, path), 404, "not_found");
  });

  it("is still 404 without a key where no key is asked for", async () => {
    expectProblem(await hub.call("GET", "/nothing", undefined, { authorization: "" }), 404, "not_found");
  });
});

describe("lists", () => {
  it.each(["cursor=garbage", "cursor=%7B%7D", "limit=0", "limit=101", "limit=many", "limit=-1", "limit=1.5"])(
    "?%s is 400",
    async (query) => {
      const { userId } = await customer();
      for (const path of [`/v1/profiles/userId:${userId}/timeline`, "/v1/playbooks"]) {
        expectProblem(await hub.call("GET", `${path}?${query}`), 400, "invalid_request");
      }
    },
  );
});

describe("a message", () => {
  const content = { subject: "Hello", text: "Hello" };
  const refusals: readonly (readonly [what: string, body: Record<string, unknown>])[] = [
    ["with treatment and content", { content, treatment: "welcome" }],
    ["with neither treatment nor content", {}],
    ["of an unknown category", { content, category: "spam" }],
    ["on an unknown channel", { content, channel: "pigeon" }],
    ["of an unknown treatment", { treatment: "none" }],
    ["to an undeclared identifier", { content, to: "passport:1" }],
    ["to what is no address", { content, to: "email:not an address" }],
    ["at no time", { content, sendAt: "tomorrow" }],
    ["with two lines of subject", { content: { ...content, subject: "Hi\r\nBcc: all@example.com" } }],
    ["without a subject", { content: { text: "Hello" }, channel: "email" }],
    ["of text that is no Liquid", { content: { ...content, text: "{% for" } }],
  ];
  it.each(refusals)("%s is refused with 400, and nothing is decided", async (_what, members) => {
    const { userId, email } = await customer();
    const body = { to: `userId:${userId}`, category: "transactional", channel: "email", ...members };
    expectProblem(await hub.call("POST", "/v1/messages", body), 400, "invalid_request");
    await hub.settle();
    expect(await kinds(userId)).toEqual(["event"]);
    expect(await hub.outbox({ to: email })).toEqual([]);
  });

  it("to a customer who does not exist is 404", async () => {
    const body = { to: "cus_nobody", category: "transactional", channel: "email", content };
    expectProblem(await hub.call("POST", "/v1/messages", body), 404, "not_found");
  });

  it("under a key used for another is 409, and the first one stands alone", async () => {
    const { userId, email } = await customer();
    const body = { to: `userId:${userId}`, category: "transactional", channel: "email", content };
    const key = { "idempotency-key": randomUUID() };
    expect((await hub.call("POST", "/v1/messages", body, key)).status).toBe(202);
    const other = { ...body, content: { ...content, text: "Something else" } };
    expectProblem(await hub.call("POST", "/v1/messages", other, key), 409, "idempotency_conflict");
    await hub.settle();
    expect(await hub.outbox({ to: email })).toMatchObject([{ text: "Hello" }]);
  });

  it.each([
    ["loops without end", { text: "{% for i in (1..100000000) %}x{% endfor %}" }],
    ["loops in loops", { text: "{% for i in (1..9999) %}{% for j in (1..9999) %}{% endfor %}{% endfor %}" }],
    ["puts a line break of its data into the subject", { subject: "Hi {{ data.name }}", text: "Hello" }],
  ])("whose template %s fails with the reason, and nothing leaves", async (_what, members) => {
    const { userId, email } = await customer();
    const { messageId } = await hub.send(
      {
        to: `userId:${userId}`,
        category: "transactional",
        channel: "email",
        content: { subject: "Hello", ...members },
        data: { name: "Ada\r\nBcc: all@example.com" },
      },
      randomUUID(),
    );
    await hub.settle();
    const { status, history } = await hub.message(messageId);
    expect(status).toBe("failed");
    expect(history.at(-1)?.reason).toMatch(/^template: /);
    expect(await hub.outbox({ to: email })).toEqual([]);
  });

  it("shows markup in a trait as text, and holds up no one behind it", async () => {
    const { userId, email } = await customer({ firstName: "<script>alert(1)</script>" });
    const html = "<p>Hello {{ customer.firstName }}</p>";
    await hub.send(
      {
        to: `userId:${userId}`,
        category: "transactional",
        channel: "email",
        content: { subject: "Hello", html },
      },
      randomUUID(),
    );
    await hub.settle();
    const [mail] = await hub.outbox({ to: email });
    expect(mail?.html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(mail?.html).not.toContain("<script>");
  });
});

describe("decisions, outcomes and playbooks", () => {
  it.each([
    ["/v1/decisions", { customer: "userId:x", placement: "nowhere" }, 400, "invalid_request"],
    ["/v1/decisions", { customer: "userId:x" }, 400, "invalid_request"],
    ["/v1/decisions", { customer: "userId:x", placement: "web.home.hero", limit: 0 }, 400, "invalid_request"],
    ["/v1/outcomes", { decisionId: "dec_none", action: "hero", outcome: "clicked" }, 404, "not_found"],
    ["/v1/outcomes", { decisionId: "dec_none" }, 400, "invalid_request"],
    ["/v1/playbooks", { files: "none" }, 400, "invalid_request"],
  ])("POST %s %j answers %i %s", async (path, body, status, code) => {
    expectProblem(await hub.call("POST", path, body), status, code);
  });

  it("a playbook with mistakes is 422 with file, line, column and what was expected, and is not kept", async () => {
    const live = await hub.call("GET", "/v1/playbooks/current");
    const files = testFiles({ "segments.yaml": "vip: customer.orders > \n" });
    const answer = await hub.call("POST", "/v1/playbooks", { files });
    expectProblem(answer, 422, "playbook_invalid");
    expect(answer.body).toMatchObject({
      errors: [
        {
          file: "segments.yaml",
          line: 1,
          column: expect.any(Number),
          code: expect.any(String),
          message: expect.any(String),
          expected: expect.any(String),
        },
      ],
    });
    expect((await hub.call("GET", "/v1/playbooks/current")).body).toEqual(live.body);
  });
});

describe("a link", () => {
  it("that nobody signed, or that was changed, does nothing and says so", async () => {
    const { userId, email } = await customer();
    await hub.collect("track", { userId, event: "Order Completed", properties: { order_id: "1", total: 3 } });
    await hub.settle();
    const [mail] = await hub.outbox({ to: email });
    const token = /\/o\/([^"\s<>]+)/.exec(mail?.html ?? "")?.[1] ?? "";
    const middle = Math.floor(token.length / 2);
    const changed = `${token.slice(0, middle)}${token[middle] === "A" ? "B" : "A"}${token.slice(middle + 1)}`;
    const before = await kinds(userId);
    for (const kind of ["l", "o", "u", "p"]) {
      // A token of another kind opens nothing either.
      const wrong = kind === "o" ? [changed, "x"] : [changed, "x", token];
      for (const forged of wrong) {
        expect((await hub.call("GET", `/${kind}/${forged}`, undefined, form)).status).toBe(404);
      }
    }
    for (const kind of ["u", "p"]) {
      expect((await hub.call("POST", `/${kind}/${changed}`, "allow=", form)).status).toBe(404);
    }
    await hub.settle();
    expect(token).not.toBe("");
    expect(await kinds(userId)).toEqual(before);
  });

  it("that is past its time says so with 410", async () => {
    const { userId, email } = await newReader(hub, "bad");
    await hub.collect("track", { userId, event: "Signed Up" });
    await hub.settle();
    const [mail] = await hub.outbox({ to: email });
    const unsubscribe = new URL(/<([^>]+)>/.exec(mail?.headers?.["List-Unsubscribe"] ?? "")?.[1] ?? "")
      .pathname;
    const done = await hub.call("POST", unsubscribe, "List-Unsubscribe=One-Click", form);
    const preferences = new URL(/href="([^"]+\/p\/[^"]+)"/.exec(String(done.body))?.[1] ?? "").pathname;
    expect((await hub.call("GET", preferences, undefined, form)).status).toBe(200);
    await hub.advance("P2D");
    expect((await hub.call("GET", preferences, undefined, form)).status).toBe(410);
    expect((await hub.call("POST", preferences, "allow=email|marketing", form)).status).toBe(410);
  });
});

describe("the wire", () => {
  it("refuses headers beyond all measure, and goes on", async () => {
    const answer = await hub.call("GET", "/v1/playbooks", undefined, { "x-filler": "y".repeat(20 * KB) });
    expect(answer.status).toBe(431);
    expect((await hub.call("GET", "/v1/playbooks")).status).toBe(200);
  });

  it("refuses a body that is not packed as it says", async () => {
    const gzip = { ...basic, "content-encoding": "gzip" };
    expectProblem(await hub.call("POST", "/v1/track", "not packed", gzip), 400, "malformed_json");
    const brotli = { ...basic, "content-encoding": "br" };
    expectProblem(await hub.call("POST", "/v1/track", "not packed", brotli), 400, "invalid_request");
  });
});

describe("what can never be worked through", () => {
  const urlOf = (name: string): string =>
    cloud.deployment.queues.find((queue) => queue.name === name)?.url ?? "";
  const put = (name: string, body: string, members: Partial<SendMessageCommandInput> = {}) =>
    sqs.send(new SendMessageCommand({ QueueUrl: urlOf(name), MessageBody: body, ...members }));
  const deadLetters = async (name: string) => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: urlOf(name),
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
      }),
    );
    return Messages.map(({ Body, MessageAttributes }) => ({
      body: Body,
      reason: MessageAttributes?.reason?.StringValue,
      function: MessageAttributes?.function?.StringValue,
    }));
  };

  it("leaves the inbox with its reason and holds up nobody of its group", async () => {
    const group = randomUUID();
    const poison = `not JSON ${group}`;
    const userId = person();
    const at = new Date(await hub.now()).toISOString();
    const good = {
      id: `evt_${randomUUID()}`,
      type: "track",
      name: "Order Completed",
      userId,
      properties: { total: 5 },
      at,
      receivedAt: at,
      source: "test",
      imported: false,
      depth: 0,
    };
    const strange = { id: `evt_${group}`, type: "dance" };
    const bodies = [poison, JSON.stringify({ v: 1, group, events: [strange, good] })];
    for (const body of bodies) {
      await put("rapport-local-inbox.fifo", body, {
        MessageGroupId: group,
        MessageDeduplicationId: randomUUID(),
      });
    }
    await hub.settle();
    expect((await hub.profile(`userId:${userId}`)).computed.orders).toBe(1);
    const dead = await deadLetters("rapport-local-inbox-dlq.fifo");
    expect(dead).toContainEqual({ body: poison, reason: "malformed_json", function: "profile/apply-events" });
    expect(dead).toContainEqual({
      body: JSON.stringify({ v: 1, group, events: [strange] }),
      reason: "poison_event",
      function: "profile/apply-events",
    });
  });

  it.each([
    ["decide/on-event", "rapport-local-decide-on-event"],
    ["journey/tick", "rapport-local-journey-tick"],
    ["measure/provider-events", "rapport-local-measure-provider-events"],
  ])("leaves %s with its reason", async (name, queue) => {
    const body = JSON.stringify({ nonsense: randomUUID() });
    await put(queue, body);
    await hub.settle();
    const dead = await deadLetters(`${queue}-dlq`);
    expect(dead).toEqual([{ body, reason: expect.stringMatching(/^[a-z_]+$/), function: name }]);
  });
});
